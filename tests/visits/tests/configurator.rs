//! What an owner without a compiler clicks together: the five sites from nothing, the preview, pasted and hostile input, and whoever
//! has a keyboard, a phone or another language.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use visits::browsers::Engine;
use visits::configurator::{download, opened, take_file};
use visits::project::{Project, files_under};
use visits::runner::{Case, Visitor};
use visits::site::{SITES, repository, site_json};
use visits::visit::{SPACE, TAB, Visit};
use visits::{shows, shows_equal};

use crate::owner::built_program;

/// Control and A, as `WebDriver` writes them.
const SELECT_ALL: &str = "\u{E009}a\u{E000}";
/// The arrow down.
const DOWN: char = '\u{E015}';

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits_to![SITES; k_01_a_site_is_clicked_together_from_nothing];
    cases.extend(visits::visits![
        k_01_the_preview_is_the_built_site_and_reaches_nobody,
        k_01_pasted_pages_name_their_vendors_and_run_nothing,
        k_01_a_hostile_configuration_stays_data,
        k_01_form_and_editor_are_in_step_and_the_draft_stays,
        a_01_the_configurator_needs_a_keyboard_alone,
        a_17_axe_finds_nothing_in_the_configurator,
    ]);
    // It is a page of Kelisim's own and no visitor's.
    cases
        .into_iter()
        .map(|case| case.only_in(&[Engine::Chromium]))
        .collect()
}

/// The field of a place of `site.json`, once it is there. What lies folded away is unfolded first.
async fn field(visit: &Visit, path: &str) -> Element {
    let selector = format!("[data-path=\"{path}\"]");
    let is_there = format!(
        "const found = document.querySelector('{selector}'); \
         for (let inside = found?.closest('details:not([open])'); inside; inside = inside.parentElement.closest('details:not([open])')) \
             inside.querySelector('summary').click(); \
         return !!found"
    );
    visit.until_true(path, &is_there).await;
    visit.find(&selector).await
}

/// Writes into a field in the place of what stands there.
async fn write(visit: &Visit, path: &str, words: &str) {
    let field = field(visit, path).await;
    field.send_keys(&format!("{SELECT_ALL}{words}")).await.unwrap();
}

async fn press(visit: &Visit, path: &str) {
    field(visit, path).await.click().await.unwrap();
}

async fn go_to(visit: &Visit, step: &str) {
    visit.click(&format!("[data-go={step}]")).await;
    visit
        .until_true(step, &format!("return !!document.querySelector('[data-step={step}]')"))
        .await;
}

/// The lines of text at places of the configuration.
async fn write_all(visit: &Visit, configuration: &Value, paths: &[&str]) {
    for path in paths {
        match configuration.pointer(&format!("/{}", path.replace('.', "/"))) {
            Some(Value::String(words)) => write(visit, path, words).await,
            Some(Value::Number(number)) => write(visit, path, &number.to_string()).await,
            _ => {}
        }
    }
}

/// Does what an owner does who has this configuration in mind.
async fn click_together(visit: &Visit, wanted: &Value) {
    if wanted["operator"].get("iin").is_some() {
        press(visit, "operator.kind.iin").await;
    }
    let operator = ["name", "bin", "iin", "address", "email", "phone"].map(|key| format!("operator.{key}"));
    write_all(visit, wanted, &operator.each_ref().map(String::as_str)).await;
    if wanted.get("law").is_some() {
        // Both hold anyway; who touches them has them in the file.
        press(visit, "law.gdpr").await;
        press(visit, "law.gdpr").await;
    }

    go_to(visit, "policy").await;
    let policy = [
        "policy.url",
        "policy.version",
        "expiresDays",
        "scope",
        "withdrawal.email",
        "withdrawal.subject",
        "withdrawal.correctionSubject",
        "receipts",
    ];
    write_all(visit, wanted, &policy).await;
    if wanted["audit"] == true {
        press(visit, "audit").await;
    }

    go_to(visit, "services").await;
    for (index, service) in wanted["services"].as_array().into_iter().flatten().enumerate() {
        let vendor = service["use"].as_str().unwrap();
        let search = format!("{SELECT_ALL}{vendor}");
        visit.find("#search").await.send_keys(&search).await.unwrap();
        visit.click(&format!("[data-vendor={vendor}]")).await;
        for parameter in ["counter", "measurementId"] {
            write_all(visit, wanted, &[&format!("services.{index}.{parameter}")]).await;
        }
    }
    for category in wanted["categories"].as_array().into_iter().flatten() {
        let path = format!("categories.{}", category["id"].as_str().unwrap());
        if !field(visit, &path).await.is_selected().await.unwrap() {
            press(visit, &path).await;
        }
    }
    if wanted.get("googleConsentMode").is_some() {
        press(visit, "googleConsentMode").await;
    }

    go_to(visit, "languages").await;
    for language in wanted["languages"].as_array().unwrap().iter().skip(3) {
        visit
            .click(&format!("[data-language={}]", language.as_str().unwrap()))
            .await;
    }

    go_to(visit, "looks").await;
    for key in ["layout", "position"] {
        if let Some(chosen) = wanted["appearance"][key].as_str() {
            press(visit, &format!("appearance.{key}.{chosen}")).await;
        }
    }
}

fn unzipped(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

/// Clicked together it is the site's own `site.json`, and what is handed over is what the native program writes.
async fn k_01_a_site_is_clicked_together_from_nothing(visitor: Visitor, domain: &str) {
    let wanted = site_json(domain);
    let visit = opened(&visitor, "ru").await;
    click_together(&visit, &wanted).await;
    go_to(&visit, "take").await;
    let written = download(&visit, "site.json").await;
    shows_equal!(
        "K-01",
        serde_json::from_slice::<Value>(&written).unwrap(),
        wanted,
        "{domain}"
    );

    let mut zipped = unzipped(download(&visit, "kelisim.zip").await);
    let configuration = zipped.remove("site.json");
    let configuration = configuration.as_ref().or(zipped.get("kelisim/site.json"));
    shows!(
        "K-01",
        configuration == Some(&written),
        "{domain}: its own configuration, once"
    );
    let project = Project::new(&format!("configurator-{domain}")).await;
    fs::write(project.path("site.json"), &written).unwrap();
    let dist = repository().canonicalize().unwrap().join("dist");
    let command = [
        "build",
        "site.json",
        "--quiet",
        "--dist",
        dist.to_str().unwrap(),
        "--out",
    ];
    let kelisim = built_program("kelisim");
    let natively = [&command[..], &["public"]].concat();
    project.run(kelisim.to_str().unwrap(), &natively).await.printed();
    let names = files_under(&project.path("public"));
    let built = names.iter().map(|name| {
        let content = fs::read(project.path("public").join(name)).unwrap();
        (format!("kelisim/{name}"), content)
    });
    shows!(
        "K-01",
        built.collect::<BTreeMap<_, _>>() == zipped,
        "{domain}: the very bytes"
    );
    shows!(
        "K-01",
        visit.internet.requests_to_vendors().is_empty(),
        "nobody is asked"
    );

    // The single file, which asks for no audit.
    let single = download(&visit, "kelisim.js").await;
    let mut plain = wanted.clone();
    plain.as_object_mut().unwrap().remove("audit");
    project.write("site.json", &plain.to_string());
    let natively = [&command[..], &["single", "--single-file"]].concat();
    project.run(kelisim.to_str().unwrap(), &natively).await.printed();
    let built = fs::read(project.path("single/kelisim.js")).unwrap();
    shows!("K-01", built == single, "{domain}: the very bytes of the single file");
}

async fn choose(visit: &Visit, name: &str, value: &str) {
    visit.click(&format!("[name={name}] option[value='{value}']")).await;
}

/// Looks into the preview until something is true there.
async fn until_in_preview(visit: &Visit, what: &str, body: &str) {
    let client = visit.client();
    visit
        .until(what, async || {
            client.clone().enter_parent_frame().await.ok();
            let frame = client.find(Locator::Css("iframe")).await.ok()?;
            frame.enter_frame().await.ok()?;
            let value = client.execute(body, vec![]).await.unwrap_or(Value::Null);
            client.clone().enter_parent_frame().await.ok()?;
            (value == true).then_some(())
        })
        .await;
}

async fn k_01_the_preview_is_the_built_site_and_reaches_nobody(visitor: Visitor) {
    let visit = opened(&visitor, "ru").await;
    let mut configuration = site_json("rasco.kz");
    configuration["services"].as_array_mut().unwrap().push(json!({
        "id": "own", "category": "analytics", "src": "https://counter.example/c.js", "recipient": "ТОО «Пример»",
        "country": "KZ", "purpose": {"kk": "Беттерді санау", "ru": "Считает страницы", "en": "Counts pages"},
        "data": ["pages"], "storage": []
    }));
    take_file(&visit, &configuration.to_string()).await;
    until_in_preview(
        &visit,
        "the first layer",
        "return !!document.querySelector('[data-kelisim=banner]')",
    )
    .await;
    until_in_preview(
        &visit,
        "its language",
        "return document.querySelector('#kelisim-root').lang === 'ru'",
    )
    .await;
    let lonely = "try { return origin === 'null' && !parent.document } catch { return origin === 'null' }";
    until_in_preview(&visit, "that the frame is nobody", lonely).await;

    choose(&visit, "language", "kk").await;
    until_in_preview(
        &visit,
        "Kazakh",
        "return document.querySelector('#kelisim-root')?.lang === 'kk'",
    )
    .await;
    choose(&visit, "scene", "settings").await;
    until_in_preview(
        &visit,
        "the settings",
        "return !!document.querySelector('dialog[data-kelisim=settings][open]')",
    )
    .await;
    choose(&visit, "scene", "refusal").await;
    let has_refused = "return !document.querySelector('[data-kelisim=banner]') && Object.values(window.kelisim?.record()?.services ?? {0: 1}).every(is => !is)";
    until_in_preview(&visit, "a return after no", has_refused).await;
    choose(&visit, "scene", "return").await;
    let has_agreed = "return !document.querySelector('[data-kelisim=banner]') && Object.values(window.kelisim?.record()?.services ?? {0: 0}).every(is => is)";
    until_in_preview(&visit, "a return after yes", has_agreed).await;
    visit
        .until_true(
            "what would have loaded",
            "const held = document.querySelector('[data-held]').textContent; \
             return ['mc.yandex.ru/metrika/tag.js', 'www.googletagmanager.com/gtag/js', 'counter.example/c.js'].every(what => held.includes(what))",
        )
        .await;
    choose(&visit, "scheme", "dark").await;
    until_in_preview(
        &visit,
        "a dark page",
        "return matchMedia('(prefers-color-scheme: dark)').matches",
    )
    .await;
    let elsewhere: Vec<String> = visit
        .internet
        .requests()
        .into_iter()
        .filter(|request| request.host != "rasco.kz" || !request.path.starts_with("/configurator/"))
        .map(|request| request.host + &request.path)
        .collect();
    shows_equal!("K-01", elsewhere, Vec::<String>::new(), "nothing is carried out");
    shows_equal!(
        "K-01",
        visit.script("return 'kelisim' in localStorage").await,
        false,
        "the preview keeps nothing in the browser"
    );
}

async fn k_01_pasted_pages_name_their_vendors_and_run_nothing(visitor: Visitor) {
    let visit = opened(&visitor, "en").await;
    go_to(&visit, "services").await;
    visit.click(".pasted > summary").await;
    let page = "<img src=https://tracker.example/pixel.gif onerror='window.ran = 1'><script>window.ran = 2</script>\
        <script>(function(m,e,t,r,i,k,a){})(window, document, 'script', 'https://mc.yandex.ru/metrika/tag.js', 'ym');\
        ym(12345678, 'init', {webvisor:true});</script>\
        <script async src='https://www.googletagmanager.com/gtag/js?id=G-ABC1234567'></script>\
        <iframe src='https://www.youtube.com/embed/x'></iframe>";
    visit.find("#pasted").await.send_keys(page).await.unwrap();
    visit.click("[data-action=find]").await;
    for vendor in ["yandex-metrika", "google-analytics", "youtube"] {
        visit.click(&format!("[data-found={vendor}]")).await;
    }
    shows_equal!(
        "K-01",
        visit.script("return window.ran ?? null").await,
        Value::Null,
        "nothing runs"
    );
    let asked = visit.internet.requests_for("tracker.example", "/");
    shows!("K-01", asked.is_empty(), "nothing is fetched: {asked:?}");
    let kept = visit
        .script("return JSON.parse(JSON.parse(localStorage['kelisim-configurator']))")
        .await;
    shows_equal!(
        "K-01",
        kept["services"],
        json!([
            {"use": "yandex-metrika", "counter": 12_345_678},
            {"use": "google-analytics", "measurementId": "G-ABC1234567"},
            {"use": "youtube"}
        ]),
        "with what the page gives them"
    );
    shows_equal!(
        "K-01",
        kept["categories"],
        json!([{"id": "analytics"}, {"id": "media"}]),
        "and for what"
    );
}

async fn k_01_a_hostile_configuration_stays_data(visitor: Visitor) {
    let visit = opened(&visitor, "en").await;
    let words = "</script><img src=https://evil.example/x onerror=parent.postMessage(1,'*')><script>top.ran=1</script>";
    let mut configuration = site_json("rasco.kz");
    configuration["operator"]["name"] = json!(words);
    configuration["texts"] = json!({"ru": {"title": words}, "kk": {"title": words}, "en": {"title": words}});
    configuration["__proto__"] = json!({"polluted": true});
    take_file(&visit, &configuration.to_string()).await;
    visit.click("[data-go=take]").await;
    visit
        .until_true(
            "what is wrong",
            "return document.querySelector('.form').textContent.includes('__proto__')",
        )
        .await;
    configuration.as_object_mut().unwrap().remove("__proto__");
    take_file(&visit, &configuration.to_string()).await;
    until_in_preview(
        &visit,
        "the words as words",
        "return document.querySelector('[data-kelisim=banner]')?.textContent.includes('<img src=https://evil.example') ?? false",
    )
    .await;
    visit.click("[data-view=editor]").await;
    for step in ["operator", "languages", "take"] {
        go_to(&visit, step).await;
    }
    for broken in ["{", "[]", "null", "\"\\ud800\"", &"[".repeat(20_000)] {
        take_file(&visit, broken).await;
        visit
            .until_true(
                "that nothing is handed over",
                "return !document.querySelector('[data-download]')",
            )
            .await;
    }
    shows_equal!(
        "K-01",
        visit.script("return window.ran ?? null").await,
        Value::Null,
        "nothing runs"
    );
    let asked = visit.internet.requests_for("evil.example", "/");
    shows!("K-01", asked.is_empty(), "nothing is fetched: {asked:?}");
    // And it goes on.
    take_file(&visit, &site_json("cap.kz").to_string()).await;
    download(&visit, "kelisim.zip").await;
}

async fn k_01_form_and_editor_are_in_step_and_the_draft_stays(visitor: Visitor) {
    let visit = opened(&visitor, "en").await;
    visit.click("[data-view=editor]").await;
    write(&visit, "operator.name", "Rasco").await;
    visit
        .until_true(
            "the form in the editor",
            "return document.querySelector('.cm-content').textContent.includes('\"Rasco\"')",
        )
        .await;
    // A problem is said beside its field, as it is typed, in the page's language.
    write(&visit, "operator.bin", "123456789012").await;
    let said = "return !!document.querySelector('[data-path=\"operator.bin\"]').closest('.field').querySelector('.said .error')";
    visit.until_true("what is wrong with the number", said).await;
    let english = visit
        .script("return document.querySelector('.said .error').textContent")
        .await;
    visit.click("button[lang=ru]").await;
    visit
        .until_true(
            "the same in Russian",
            "return /[а-я]/.test(document.querySelector('.said .error')?.textContent ?? '')",
        )
        .await;
    shows!("K-01", english.as_str().unwrap().is_ascii(), "{english}");

    // What is written in the editor is in the form.
    let editor = visit.find(".cm-content").await;
    editor.send_keys(SELECT_ALL).await.unwrap();
    editor.send_keys("{\"operator\":{\"name\":\"Elesses").await.unwrap();
    visit
        .until_true(
            "the editor in the form",
            "return document.querySelector('[data-path=\"operator.name\"]')?.value === 'Elesses'",
        )
        .await;
    // The draft is there when one comes again.
    visit.client().refresh().await.unwrap();
    visit
        .until_true(
            "the draft",
            "return document.querySelector('[data-path=\"operator.name\"]')?.value === 'Elesses'",
        )
        .await;
}

/// The site with the fewest words, from nothing, without a pointer.
async fn a_01_the_configurator_needs_a_keyboard_alone(visitor: Visitor) {
    let wanted = site_json("course-planet.net");
    let visit = opened(&visitor, "ru").await;
    let to = async |selector: &str| {
        for _ in 0..200 {
            visit.press(&[TAB]).await;
            let is_there = visit
                .script_with(
                    "return document.activeElement.matches(arguments[0])",
                    vec![json!(selector)],
                )
                .await;
            if is_there == true {
                return;
            }
        }
        panic!("Tab does not come to {selector}");
    };
    let words = |path: &str| {
        let pointer = format!("/{}", path.replace('.', "/"));
        wanted.pointer(&pointer).and_then(Value::as_str).unwrap().to_owned()
    };
    let into = async |path: &str| {
        to(&format!("[data-path='{path}']")).await;
        // What is in a field is selected when Tab comes to it.
        visit
            .client()
            .active_element()
            .await
            .unwrap()
            .send_keys(&words(path))
            .await
            .unwrap();
    };
    into("operator.name").await;
    to("[data-path='operator.kind.bin']").await;
    visit.press(&[DOWN]).await;
    for path in ["operator.iin", "operator.address", "operator.email"] {
        into(path).await;
    }
    to("[data-action=next]").await;
    visit.press(&[SPACE]).await;
    for path in [
        "policy.url",
        "policy.version",
        "withdrawal.subject",
        "withdrawal.correctionSubject",
    ] {
        into(path).await;
    }
    to("summary").await;
    visit.press(&[SPACE]).await;
    to("[data-path='audit']").await;
    visit.press(&[SPACE]).await;
    to("[data-action=next]").await;
    visit.press(&[SPACE]).await;
    for _ in ["languages", "looks"] {
        to("[data-action=next]").await;
        visit.press(&[SPACE]).await;
    }
    to("[data-path='appearance.layout.bar'], [data-path='appearance.layout.box']").await;
    visit.press(&[DOWN, TAB]).await;
    to("[data-action=next]").await;
    visit.press(&[SPACE]).await;
    let written = download(&visit, "site.json").await;
    let written = serde_json::from_slice::<Value>(&written).unwrap();
    shows_equal!("A-01", written["operator"], wanted["operator"], "who it is");
    shows_equal!("A-01", written["withdrawal"], wanted["withdrawal"], "and letters");
    to("[data-download='kelisim.zip']").await;
}

/// Every step, in each language, light and dark, on a phone: nothing for axe, and nothing wider than the window.
async fn a_17_axe_finds_nothing_in_the_configurator(visitor: Visitor) {
    let axe = fs::read_to_string(repository().join("node_modules/axe-core/axe.min.js")).unwrap();
    let visit = opened(&visitor, "ru").await;
    take_file(&visit, &site_json("rasco.kz").to_string()).await;
    visit.client().set_window_size(360, 740).await.unwrap();
    visit.script(&axe).await;
    for (language, scheme) in [("ru", "light"), ("kk", "dark"), ("en", "light")] {
        visit.seen_in("screen", &[("prefers-color-scheme", scheme)]).await;
        visit.click(&format!("header button[lang={language}]")).await;
        for step in ["operator", "policy", "services", "languages", "looks", "take"] {
            go_to(&visit, step).await;
            if step == "take" {
                download(&visit, "kelisim.zip").await;
            }
            visit
                .script("document.querySelectorAll('details').forEach(details => { details.open = true })")
                .await;
            let found = visit
                .script_until_done(
                    "axe.run({exclude: ['iframe', '.cm-editor']}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false})\
                     .then(result => done(result.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)])), \
                     error => done(String(error)))",
                )
                .await;
            shows_equal!("A-17", found, json!([]), "{step}, {language}, {scheme}");
            let wide = "const root = document.scrollingElement; return root.scrollWidth <= root.clientWidth";
            shows!(
                "A-17",
                visit.script(wide).await == true,
                "{step}, {language}: wider than a phone"
            );
        }
    }
}
