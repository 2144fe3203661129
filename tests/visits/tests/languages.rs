//! Which language Kelisim speaks, and that it tells assistive technology so.

use serde_json::json;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, site_json};
use visits::{shows, shows_equal};

/// `<html lang>`, the browser's languages, the configured ones, and what has to be spoken.
const MATRIX: &[(&str, &[&str], &[&str], &str)] = &[
    ("kk", &["ru-RU"], &["ru", "kk", "en"], "kk"),
    ("kz", &["ru-RU"], &["ru", "kk", "en"], "kk"),
    ("kk-KZ", &["ru-RU"], &["ru", "kk", "en"], "kk"),
    ("EN-gb", &["ru-RU"], &["ru", "kk", "en"], "en"),
    ("", &["en-US", "ru"], &["ru", "kk", "en"], "en"),
    ("", &["de-DE", "kz", "ru"], &["ru", "kk", "en"], "kk"),
    ("de", &["fr", "kk-Cyrl-KZ"], &["ru", "kk", "en"], "kk"),
    ("de", &["fr"], &["ru", "kk", "en"], "ru"),
    ("", &[], &["kk", "ru"], "kk"),
    ("en", &["en"], &["kk", "ru"], "kk"),
];

/// A word of each language that the others do not have.
const ACCEPT: [(&str, &str); 3] = [("ru", "Принять"), ("kk", "қабылдау"), ("en", "Accept")];

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![l_02_l_04_the_language_follows_page_then_browser_then_owner]
}

async fn l_02_l_04_the_language_follows_page_then_browser_then_owner(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    for (page, browser, offered, expected) in MATRIX {
        let languages = format!(
            "<script>Object.defineProperty(navigator, 'languages', {{get: () => {}}}); \
             Object.defineProperty(navigator, 'language', {{get: () => {}}})</script>",
            json!(browser),
            json!(browser.first().copied().unwrap_or_default())
        );
        let mut configuration = site_json("rasco.kz");
        configuration["languages"] = json!(offered);
        internet.change(|site| {
            site.configuration(&configuration)
                .page("/", &Page::new(page).before_tag(&languages))
        });
        visit.open("https://rasco.kz/").await;
        visit.first_layer().await;
        let layer = visit
            .script(
                "const r = document.getElementById('kelisim-root'); return [r.lang, r.dir, \
                 r.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]').textContent]",
            )
            .await;
        let case = format!("page {page:?}, browser {browser:?}, offered {offered:?}");
        shows_equal!("L-02", layer[0], *expected, "{case}");
        shows_equal!("L-04", layer[1], "ltr", "{case}");
        let word = ACCEPT.iter().find(|(language, _)| language == expected).unwrap().1;
        let label = layer[2].as_str().unwrap();
        shows!(
            "L-01",
            label.to_lowercase().contains(&word.to_lowercase()),
            "{case}: {label}"
        );
    }
}
