//! Which language Kelisim speaks, and that it tells assistive technology so.

use serde_json::{Value, json};
use visits::internet::{Answer, Internet, Request};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, repository, site_json};
use visits::visit::Visit;
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
    visits::visits![
        l_02_l_04_the_language_follows_page_then_browser_then_owner,
        l_01_other_languages_come_from_their_files,
        l_03_another_language_is_fetched_when_it_is_wanted,
        l_03_l_07_right_to_left_mirrors_and_keeps_the_switches,
        l_06_longer_words_and_kazakh_letters_fit,
    ]
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

/// The languages whose files a visit has fetched.
fn fetched(visit: &Visit) -> Vec<String> {
    let requests = visit.internet.requests();
    let languages = requests.iter().filter_map(|request| match Part::at(&request.path)? {
        Part::Settings(language) => Some(language),
        Part::Script | Part::Module | Part::Bindings => None,
    });
    languages.collect()
}

/// What a file's address says of the build that it is of: a browser may have kept one of another.
fn build_of(request: &Request) -> &str {
    request.path.split('.').nth(2).unwrap_or_default()
}

/// The words of a language as they are written.
fn written(language: &str) -> Value {
    let path = repository().join(format!("compiler/src/languages/{language}.json"));
    let mut file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    file["texts"].take()
}

fn speaking(languages: &[&str]) -> Value {
    let mut configuration = site_json("rasco.kz");
    configuration["languages"] = json!(languages);
    configuration["law"] = json!(["gdpr"]);
    configuration
}

/// The visitor accepts, and is bound to the notice in the language that was read.
async fn agrees_in(visit: &Visit, language: &str) {
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!(
        "R-02",
        visit.recorded().await["language"],
        language,
        "the notice that was read"
    );
}

async fn l_01_other_languages_come_from_their_files(visitor: Visitor) {
    let site = Site::of("rasco.kz").configuration(&speaking(&["ru", "uz", "de"]));
    let internet = Internet::with([site.page("/", &Page::new("uz"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/").await;
    visit.first_layer().await;
    let label = visit
        .script("return document.querySelector('[data-kelisim=banner] [data-kelisim-action=reject]').textContent")
        .await;
    let written = written("uz");
    shows_equal!("L-01", label, written["reject"], "in the language of the page");
    shows_equal!(
        "L-01",
        fetched(&visit),
        ["uz"],
        "the one that is read, and no other that the owner offers"
    );
    let requests = visit.internet.requests_of(&Part::settings("uz"));
    let build = build_of(&requests[0]);
    shows!(
        "L-01",
        build.len() >= 6 && build.bytes().all(|digit| digit.is_ascii_hexdigit()),
        "of this build, whatever file of another one the browser has kept: {build}"
    );
    agrees_in(&visit, "uz").await;

    // One that cannot be had is no reason to guess: it is named, and nothing is asked.
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; domain=rasco.kz; path=/; max-age=0'")
        .await;
    internet.change(|site| site.changes(Part::settings("uz"), |_| Answer::missing()));
    visit.open("https://rasco.kz/").await;
    visit.until_said("kelisim: ").await;
    visit.settles().await;
    shows!(
        "L-01",
        !visit.sees("[data-kelisim=banner]").await,
        "nobody is asked what cannot be read"
    );
    shows_equal!("G-05", visit.record().await, None, "and nothing was granted");
}

async fn l_03_another_language_is_fetched_when_it_is_wanted(visitor: Visitor) {
    let site = Site::of("rasco.kz").configuration(&speaking(&["ru", "uz", "de"]));
    let internet = Internet::with([site
        .page("/", &Page::new("ru"))
        .changes(Part::settings("de"), |_| Answer::missing())]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/").await;
    visit.first_layer().await;
    let names = visit
        .script(
            "return [...document.querySelectorAll('[data-kelisim=banner] [data-kelisim-language]')].map(b => \
             b.title.startsWith(b.textContent) && b.title)",
        )
        .await;
    shows_equal!(
        "L-03",
        names,
        json!(["Русский", "Oʻzbekcha", "Deutsch"]),
        "each by its own name"
    );

    // What cannot be had is said, and the layer speaks on as it did.
    let speaks = "const r = document.getElementById('kelisim-root'); \
        return [r.lang, r.querySelector('[data-kelisim=banner] h2').textContent]";
    let before = visit.script(speaks).await;
    visit.click("[data-kelisim=banner] [data-kelisim-language=de]").await;
    visit.until_said("noticeUnavailable").await;
    shows_equal!("L-03", visit.script(speaks).await, before, "no word was lost");
    // Nor where something else comes than words.
    internet.change(|site| site.changes(Part::settings("de"), |_| Answer::json(&json!({}))));
    visit.click("[data-kelisim=banner] [data-kelisim-language=de]").await;
    visit
        .until("a second line", async || {
            let said = visit.console().await;
            let lines = said.iter().filter(|line| line.contains("noticeUnavailable"));
            (lines.count() == 2).then_some(())
        })
        .await;
    shows_equal!("L-03", visit.script(speaks).await, before, "no word was lost");

    visit.click("[data-kelisim=banner] [data-kelisim-language=uz]").await;
    visit
        .until_true("uz", "return document.getElementById('kelisim-root').lang === 'uz'")
        .await;
    shows_equal!(
        "L-03",
        visit.script(speaks).await[1],
        written("uz")["title"],
        "its words"
    );
    let focused = visit
        .script("return document.activeElement.dataset.kelisimLanguage")
        .await;
    shows_equal!("L-03", focused, "uz", "the keyboard stays where it was");
    agrees_in(&visit, "uz").await;
}

async fn l_03_l_07_right_to_left_mirrors_and_keeps_the_switches(visitor: Visitor) {
    let site = Site::of("rasco.kz").configuration(&speaking(&["ru", "kk-Arab", "ar"]));
    let internet = Internet::with([site.page("/", &Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/").await;
    visit.first_layer().await;
    // How far the switch of a category stands from where its line begins and ends, and which way the root runs.
    let looks = "const root = document.getElementById('kelisim-root'); \
        const line = root.querySelector('label.kelisim-switch').getBoundingClientRect(); \
        const knob = root.querySelector('label.kelisim-switch input').getBoundingClientRect(); \
        const close = root.querySelector('.kelisim-close').getBoundingClientRect(); \
        const dialog = root.querySelector('dialog'); const box = dialog.getBoundingClientRect(); \
        return { dir: root.dir, lang: root.lang, left: Math.round(knob.left - line.left), right: Math.round(line.right - knob.right), \
            closeLeft: close.left - box.left < box.width / 2, sideways: dialog.scrollWidth > dialog.clientWidth }";
    visit.open_settings().await;
    visit.switch("category:analytics", true).await;
    let before = visit.switches().await;
    let ltr = visit.script(looks).await;
    shows_equal!(
        "L-07",
        (&ltr["dir"], &ltr["right"], &ltr["closeLeft"]),
        (&json!("ltr"), &json!(0), &json!(false)),
        "{ltr}"
    );
    for language in ["kk-Arab", "ar"] {
        visit.click(&format!("dialog [data-kelisim-language={language}]")).await;
        visit
            .until_true(
                language,
                &format!("return document.getElementById('kelisim-root').lang === '{language}'"),
            )
            .await;
        let rtl = visit.script(looks).await;
        shows_equal!(
            "L-07",
            (&rtl["dir"], &rtl["left"], &rtl["closeLeft"]),
            (&json!("rtl"), &json!(0), &json!(true)),
            "{language}: {rtl}"
        );
        shows_equal!("L-07", rtl["sideways"], false, "{language}: nothing sticks out");
        shows_equal!(
            "L-03",
            visit.switches().await,
            before,
            "{language}: the switches stay as they were"
        );
    }
}

async fn l_06_longer_words_and_kazakh_letters_fit(visitor: Visitor) {
    let mut configuration = site_json("rasco.kz");
    let kazakh = written("kk");
    // Every text that an owner may replace, 60 % longer, with the letters that only Kazakh has at its end.
    let letters: Vec<char> = " ӘҒҚҢӨҰҮҺІ әғқңөұүһі".chars().cycle().take(4000).collect();
    let mut texts = serde_json::Map::new();
    for (key, words) in kazakh.as_object().unwrap() {
        let fixed = [
            "direction",
            "languageName",
            "languageShort",
            "months",
            "dateFormat",
            "days",
            "hours",
            "minutes",
            // What a law has a site say is not the owner's to say otherwise.
            "publicSourcesNo",
            "rightsKz",
            "rightsGdpr",
            "authorityKz",
            "authorityGdpr",
        ];
        if let (Some(words), false) = (words.as_str(), fixed.contains(&key.as_str())) {
            let more = words.chars().count() * 6 / 10;
            let longer: String = words.chars().chain(letters.iter().copied().take(more)).collect();
            texts.insert(key.clone(), json!(longer.trim_end()));
        }
    }
    configuration["texts"] = json!({"kk": texts});
    let site = Site::of("rasco.kz").configuration(&configuration);
    let internet = Internet::with([site.page("/", &Page::new("kk"))]);
    let visit = visitor.comes_to(&internet).await;
    let overflow = "const out = []; for (const element of document.querySelectorAll('#kelisim-root *')) { \
        const { overflowX } = getComputedStyle(element); \
        if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth && overflowX !== 'auto' && !element.matches('span, thead, thead *, textarea, .kelisim-reopen, .kelisim-reopen *')) \
            out.push(element.tagName + '.' + element.className + ' ' + element.scrollWidth + '>' + element.clientWidth) } \
        for (const layer of document.querySelectorAll('[data-kelisim=banner], [data-kelisim=settings]')) { \
            const { left, right } = layer.getBoundingClientRect(); \
            if (left < -1 || right > innerWidth + 1) out.push('beyond the screen') } return out";
    let glyphs = "const context = document.createElement('canvas').getContext('2d'); \
        context.font = '40px ' + getComputedStyle(document.getElementById('kelisim-root')).fontFamily; \
        const width = letter => context.measureText(letter).width; \
        return [...'ӘҒҚҢӨҰҮҺІ'].filter(letter => !width(letter) || width(letter + letter) < width(letter))";
    for (width, height) in [(360, 640), (1280, 800)] {
        visit.client().set_window_size(width, height).await.unwrap();
        visit.open("https://rasco.kz/").await;
        visit.first_layer().await;
        shows_equal!(
            "L-06",
            visit.script(overflow).await,
            json!([]),
            "first layer at {width}"
        );
        shows_equal!(
            "L-06",
            visit.script(glyphs).await,
            json!([]),
            "every letter has a glyph"
        );
        visit.open_settings().await;
        visit
            .script("document.querySelectorAll('dialog details').forEach(one => one.open = true)")
            .await;
        shows_equal!("L-06", visit.script(overflow).await, json!([]), "settings at {width}");
        visit.choose("close").await;
    }
}
