//! Pages to look at: every state of the layers in every language, over a page with content.
//!
//! `cargo test --test native -- --ignored look` writes them to `target/look/`. The part of the address after `#` says
//! what to change: `theme=dark`, `layout=box`, `position=bottom-end`, `reopen=link`, `page=hostile` (a site whose
//! styles would break an ordinary banner), `open` (every disclosure open), `scroll=500`.

use std::fs;
use std::path::Path;

use super::views::{Visit, choosing, decided, granted, longer, nothing_optional, undecided};

/// What a careless site writes, collected from real ones and made worse (requirement B-06).
const HOSTILE: &str = include_str!("hostile.css");

const SCRIPT: &str = "
const wish = new URLSearchParams(location.hash.slice(1)), root = document.getElementById('kelisim-root');
for (const name of ['theme', 'layout', 'position', 'reopen']) if (wish.has(name)) root.dataset[name] = wish.get(name);
if (wish.has('dir')) document.documentElement.dir = root.dir = wish.get('dir');
if (wish.get('page') !== 'hostile') document.getElementById('hostile').remove();
if (wish.has('open')) for (const details of root.querySelectorAll('details')) details.open = true;
const dialog = root.querySelector('dialog');
if (dialog) { dialog.showModal(); root.querySelector('.kelisim-body').scrollTop = wish.get('scroll') || 0; }
";

const SITE: &str = "
<header><b>RASCO</b> <nav><a href=\"#\">Курсы</a> <a href=\"#\">О нас</a> <a href=\"#\">Контакты</a></nav></header>
<h1>Курсы повышения квалификации для педагогов</h1>
<p>Дистанционные курсы с сертификатом. Учитесь в удобное время, задавайте вопросы преподавателю, сдавайте работу, когда
она готова. Ближайшая группа начинает в понедельник.</p>
<ul><li><a href=\"#\">Критериальное оценивание</a></li><li><a href=\"#\">Цифровая грамотность</a></li></ul>
<form><p><label>Имя <input name=\"name\"></label></p><p><button>Записаться</button></p></form>";

#[test]
#[ignore = "writes pages for the eye, asserts nothing"]
fn look() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("kelisim.css"), styles()).unwrap();
    fs::write(folder.join("hostile.css"), HOSTILE).unwrap();
    for language in ["kk", "ru", "en"] {
        for (state, visit) in [
            ("first", undecided(language)),
            ("settings", choosing(language)),
            ("granted", granted(language)),
            ("decided", decided(language)),
            ("notice", nothing_optional(language)),
            ("first-longer", longer(undecided(language))),
            ("settings-longer", longer(granted(language))),
        ] {
            fs::write(folder.join(format!("{state}-{language}.html")), document(&visit)).unwrap();
        }
    }
}

/// The style sheet as it is in the sources.
pub(super) fn styles() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("styles");
    ["tokens", "base", "layouts", "themes"]
        .map(|part| fs::read_to_string(folder.join(part).with_extension("css")).unwrap())
        .concat()
}

fn document(visit: &Visit) -> String {
    let root = visit.page().to_html();
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">
<title>Kelisim</title><link rel=\"stylesheet\" href=\"kelisim.css\">
<style>body{{margin:2em;font:16px/1.5 sans-serif}}</style><link rel=\"stylesheet\" id=\"hostile\" href=\"hostile.css\">
<body>{root}{SITE}<script>{SCRIPT}</script>",
        visit.texts().language()
    )
}
