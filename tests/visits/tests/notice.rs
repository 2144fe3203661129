//! What a visitor is told in the settings, and axe's opinion on both layers.

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration, repository, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// A clock that stands at noon, so that every time zone near by has the same date.
const CLOCK: &str = "<script src=\"/visit/clock.js?frozen=1795168800000\"></script>";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits![
        i_01_to_i_06_l_01_the_notice_names_everything,
        i_09_i_12_what_is_stored_and_whom_to_turn_to_is_told,
        i_11_a_refusal_changes_only_what_is_said,
        f_12_the_policy_can_be_read_without_deciding,
        a_11_targets_are_large_enough
    ];
    cases.extend(
        visits::visits![a_17_axe_finds_nothing]
            .into_iter()
            .map(|case| case.only_in(&[Engine::Chromium])),
    );
    cases
}

async fn speak(visit: &Visit, language: &str) {
    let layer = if visit.has("dialog[data-kelisim=settings][open]").await {
        "dialog[data-kelisim=settings]"
    } else {
        "[data-kelisim=banner]"
    };
    visit
        .click(&format!(
            "{layer} [data-kelisim-action=language][data-kelisim-language={language}]"
        ))
        .await;
    visit
        .until_true(
            "the language",
            &format!("return document.getElementById('kelisim-root').lang === '{language}'"),
        )
        .await;
}

/// What the settings of rasco.kz have to say in one language.
struct Said {
    language: &'static str,
    end: &'static str,
    days: &'static str,
    recipients: [&'static str; 2],
    countries: [&'static str; 3],
    published: &'static str,
}

const SAID: [Said; 3] = [
    Said {
        language: "ru",
        end: "19 мая 2027 г.",
        days: "180 дней",
        recipients: ["ООО «ЯНДЕКС»", "Google LLC"],
        countries: ["Россия", "США", "Ирландия"],
        published: "не распространяются",
    },
    Said {
        language: "kk",
        end: "2027 ж. 19 мамыр",
        days: "180 күн",
        recipients: ["«ЯНДЕКС» ЖШҚ", "Google LLC"],
        countries: ["Ресей", "АҚШ", "Ирландия"],
        published: "таратылмайды",
    },
    Said {
        language: "en",
        end: "19 May 2027",
        days: "180 days",
        recipients: ["YANDEX LLC", "Google LLC"],
        countries: ["Russia", "USA", "Ireland"],
        published: "disseminated",
    },
];

async fn i_01_to_i_06_l_01_the_notice_names_everything(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz").page("/", &Page::new("ru").before_tag(CLOCK))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    for said in &SAID {
        let language = said.language;
        speak(&visit, language).await;
        let operator = visit.notice("operator").await;
        shows!(
            "I-01",
            operator.contains("ТОО «Anysoft»") && operator.contains("140340014652"),
            "{language}: {operator}"
        );
        let term = visit.notice("term").await;
        shows!("I-03", term.contains(said.end), "{language}: {term}");
        shows!("L-01", term.contains(said.days), "{language}: {term}");
        let third = visit.notice("third-parties").await;
        for recipient in said.recipients {
            shows!(
                "I-04",
                third.contains(recipient),
                "{language}: {recipient} is named: {third}"
            );
            let own = visit.notice("recipient").await;
            shows!("I-04", own.contains(recipient), "{language}: with its service: {own}");
        }
        let abroad = visit.notice("cross-border").await;
        for country in said.countries {
            shows!(
                "I-05",
                abroad.contains(country),
                "{language}: {country} is named: {abroad}"
            );
            let own = visit.notice("country").await;
            shows!("I-05", own.contains(country), "{language}: with its service: {own}");
        }
        let sources = visit.notice("public-sources").await;
        shows!(
            "I-06",
            sources.len() > 20 && sources.contains(said.published),
            "{language}: {sources}"
        );
        shows!(
            "I-07",
            visit.notice("data").await.lines().all(|line| line.len() > 20),
            "{language}: data of each service"
        );
        for item in ["policy", "refusal", "withdrawal", "scope"] {
            shows!(
                "L-05",
                !visit.notice(item).await.is_empty(),
                "{language}: the notice has {item}"
            );
        }
        let language_of = visit
            .script("const r = document.getElementById('kelisim-root'); return [r.lang, r.dir]")
            .await;
        shows_equal!(
            "L-04",
            language_of,
            json!([language, "ltr"]),
            "language and direction stand on the root"
        );
    }
    let letter = visit
        .script(
            "return [...document.querySelectorAll('dialog[data-kelisim=settings] a[href^=mailto]')].map(a => a.href)",
        )
        .await;
    let letter = letter
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l.as_str().unwrap().to_owned())
        .collect::<Vec<_>>();
    let subject = "%D0%9F%D1%80%D0%B5%D0%BA%D1%80%D0%B0%D1%82%D0%B8%D1%82%D1%8C%20%D0%BE%D0%B1%D1%80%D0%B0%D0%B1%D0%BE%D1%82%D0%BA%D1%83";
    let exact = letter
        .iter()
        .any(|l| l.starts_with("mailto:privacy@rasco.kz?subject=") && l.contains(subject));
    shows!("I-10", exact, "a letter with the exact subject: {letter:?}");

    // What was shown is what is stored.
    visit.choose("accept").await;
    let record = visit.recorded().await;
    shows_equal!(
        "I-03",
        record["expires"],
        "2027-05-19T10:00:00Z",
        "the record ends on the day that was shown"
    );
}

async fn a_11_targets_are_large_enough(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz").configuration(&full_configuration())]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    // Links inside a sentence may be as high as its line (WCAG 2.5.8); everything else may not.
    let small = r"
        return [...document.querySelectorAll('#kelisim-root button, #kelisim-root input, #kelisim-root summary, [data-kelisim=banner] a')]
            .map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width && (b.width < 23.9 || b.height < 23.9))
            .map(([e, b]) => `${e.outerHTML.slice(0, 80)} ${b.width}x${b.height}`);
    ";
    shows_equal!(
        "A-11",
        visit.script(small).await,
        json!([]),
        "targets of the first layer"
    );
    visit.open_settings().await;
    visit
        .script("document.querySelectorAll('#kelisim-root details').forEach(d => d.open = true)")
        .await;
    shows_equal!("A-11", visit.script(small).await, json!([]), "targets of the settings");
    visit.choose("reject").await;
    visit.recorded().await;
    visit.settings_closed().await;
    shows_equal!("A-11", visit.script(small).await, json!([]), "the control that stays");
}

/// Runs axe on Kelisim's root: rule, and the elements that it is not content with.
async fn axe(visit: &Visit) -> Value {
    visit
        .script_until_done(
            "axe.run('#kelisim-root', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(result => \
             done(result.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)])), error => done(String(error)))",
        )
        .await
}

async fn a_17_axe_finds_nothing(visitor: Visitor) {
    let path = repository().join("node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `npm ci` first", path.display()));
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    for theme in ["light", "dark"] {
        for (layout, position) in [("box", "bottom-start"), ("bar", "bottom")] {
            let mut configuration = site_json("rasco.kz");
            configuration["appearance"] = json!({"theme": theme, "layout": layout, "position": position});
            internet.change(|site| site.configuration(&configuration));
            visit.open(ADDRESS).await;
            visit.first_layer().await;
            visit.script(&source).await;
            for language in ["kk", "ru", "en"] {
                speak(&visit, language).await;
                shows_equal!(
                    "A-17",
                    axe(&visit).await,
                    json!([]),
                    "first layer, {language}, {theme}, {layout}"
                );
            }
            visit.open_settings().await;
            visit
                .script("document.querySelectorAll('#kelisim-root details').forEach(d => d.open = true)")
                .await;
            for language in ["kk", "ru", "en"] {
                speak(&visit, language).await;
                shows_equal!("A-17", axe(&visit).await, json!([]), "settings, {language}, {theme}");
            }
        }
    }
}

async fn i_09_i_12_what_is_stored_and_whom_to_turn_to_is_told(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.open_settings().await;
    let site = site_json("rasco.kz");
    for (language, version, authority, court) in [
        ("ru", "3 января 2024", "Министерство искусственного интеллекта", "суд"),
        ("kk", "2024", "Жасанды интеллект", "сот"),
        ("en", "3 January 2024", "Ministry of Artificial Intelligence", "court"),
    ] {
        speak(&visit, language).await;
        let operator = visit.notice("operator").await;
        for key in ["name", "bin", "address", "email"] {
            let told = site["operator"][key].as_str().unwrap();
            shows!("I-12", operator.contains(told), "{language}: {key}: {operator}");
        }
        let policy = visit.notice("policy").await;
        shows!(
            "I-12",
            policy.contains(version),
            "{language}: the date of the policy: {policy}"
        );
        let told = visit.notice("authority").await;
        shows!(
            "I-12",
            told.contains(authority) && told.to_lowercase().contains(court),
            "{language}: the authority and the court: {told}"
        );
        let rights = visit.notice("rights").await;
        shows!(
            "I-10",
            rights.contains("15") && rights.contains('3'),
            "{language}: the terms: {rights}"
        );
    }

    // Every cookie that the vendors really set has its row: name, where and whose, what for, how long.
    visit.choose("accept").await;
    visit
        .until_true(
            "the vendors' cookies",
            "return /_ym_uid=/.test(document.cookie) && /_ga_/.test(document.cookie)",
        )
        .await;
    visit.reopen().await;
    let unnamed = visit
        .script(
            "const rows = [...document.querySelectorAll('dialog tbody tr')].map(row => [...row.cells].map(cell => cell.textContent.trim())); \
             const names = document.cookie.split('; ').map(cookie => cookie.split('=')[0]).filter(name => name !== 'kelisim'); \
             const told = name => rows.some(([glob, ...rest]) => rest.length === 3 && rest.every(Boolean) && \
                 new RegExp('^' + glob.replace(/[.+?^${}()|[\\]\\\\]/g, '\\\\$&').replaceAll('*', '.*') + '$').test(name)); \
             return [names.length > 1, names.filter(name => !told(name))]",
        )
        .await;
    shows_equal!("I-09", unnamed, json!([true, []]), "each has its row");
}

async fn i_11_a_refusal_changes_only_what_is_said(visitor: Visitor) {
    let page = Page::new("ru").body(
        "<p id=\"done\"></p><script>document.getElementById('send').addEventListener('click', \
         () => { document.getElementById('done').textContent = 'Заявка принята' })</script>",
    );
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page).page("/rust", &Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.open_settings().await;
    for language in ["ru", "kk", "en"] {
        speak(&visit, language).await;
        shows!(
            "I-11",
            visit.notice("refusal").await.chars().count() > 40,
            "{language}: what a refusal changes"
        );
    }
    visit.choose("reject").await;
    visit.settled_decisions(1).await;
    visit.script("document.getElementById('send').click()").await;
    shows_equal!(
        "I-11",
        visit.script("return document.getElementById('done').textContent").await,
        "Заявка принята",
        "the form works"
    );
    visit.script("document.getElementById('course').click()").await;
    visit
        .until_true("the next page", "return location.pathname === '/rust'")
        .await;
    visit.ready().await;
    shows!("I-11", !visit.asks().await, "nobody is asked again");
    shows!(
        "I-11",
        internet.requests_to_vendors().is_empty(),
        "and nothing else is loaded"
    );
}

async fn f_12_the_policy_can_be_read_without_deciding(visitor: Visitor) {
    for domain in ["rasco.kz", "cap.kz"] {
        let internet = Internet::with([Site::demo(domain)]);
        let visit = visitor.comes_to(&internet).await;
        visit.open(&visits::site::address(domain)).await;
        visit.first_layer().await;
        let link = visit
            .script("return document.querySelector('[data-kelisim=banner] a').pathname")
            .await;
        visit
            .script("document.querySelector('[data-kelisim=banner] a').click()")
            .await;
        visit
            .until_true(
                "the policy",
                &format!("return location.pathname === {link} && document.readyState === 'complete'"),
            )
            .await;
        visit.ready().await;
        let reads = visit
            .script(
                "const words = document.querySelector('main').innerText.length; scrollTo({ top: 1000, behavior: 'instant' }); \
                 return [words > 500, scrollY > 0, document.querySelector('main').closest('[inert], [aria-hidden=true]')]",
            )
            .await;
        shows_equal!(
            "F-12",
            reads,
            json!([true, true, null]),
            "{domain}: it is there to read and to scroll"
        );
        shows!(
            "G-05",
            visit.record().await.is_none(),
            "{domain}: and reading it decides nothing"
        );
    }
}
