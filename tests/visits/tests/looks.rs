//! The looks of the first layer, measured: over windows, languages, layouts and numbers of services.

use std::sync::Arc;

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::shows;
use visits::site::{Page, Site, site_json};
use visits::visit::Visit;

/// The page whose one frame is the window that is measured.
const ADDRESS: &str = "https://rasco.kz/window";
const BOXES: &str = include_str!("boxes.js");

/// Every window: phones upright and on their side, 200 % and 400 % zoom of a desktop, tablets, desktops.
const WINDOWS: [(u32, u32); 12] = [
    (320, 256),
    (320, 480),
    (360, 640),
    (414, 896),
    (568, 320),
    (640, 360),
    (640, 400),
    (768, 1024),
    (1024, 600),
    (1280, 800),
    (1920, 1080),
    (2560, 1440),
];
/// The windows that are the hardest, and the largest.
const CORNERS: [(u32, u32); 4] = [(320, 256), (360, 640), (640, 360), (2560, 1440)];

/// Of the services beyond those of the site.
const PURPOSE: &str = "Считать, какие страницы курсов открывают";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits![
        k_03_f_09_every_control_is_in_view_in_the_corners_of_the_grid,
        a_13_larger_and_wider_words_are_all_reached
    ];
    let in_chromium = visits::visits![k_03_f_09_every_control_is_in_view_over_the_whole_grid];
    cases.extend(in_chromium.into_iter().map(|case| case.only_in(&[Engine::Chromium])));
    cases
}

/// A site with so many services, each of another recipient.
fn configuration(appearance: &Value, services: usize) -> Value {
    let mut configuration = site_json("rasco.kz");
    configuration["appearance"] = appearance.clone();
    configuration["languages"] = json!(["ru", "kk", "en", "ar"]);
    let known = configuration["services"].as_array_mut().unwrap();
    known.truncate(services);
    for number in known.len()..services {
        known.push(json!({
            "id": format!("counter-{number}"), "name": format!("Счётчик курсов {number}"),
            "category": (["analytics", "marketing", "replay"][number % 3]),
            "src": format!("https://counter-{number}.example/counter.js"),
            "recipient": format!("ТОО «Получатель данных {number}»"), "country": (["KZ", "DE", "US"][number % 3]),
            "purpose": {"ru": PURPOSE, "kk": PURPOSE, "en": PURPOSE, "ar": PURPOSE}, "data": ["ip"],
            "storage": [{"name": format!("_counter_{number}"), "in": "cookie", "lifetime": "30d"}],
        }));
    }
    configuration
}

fn internet(configuration: &Value, style: &str) -> Arc<Internet> {
    let frame = "<iframe id=\"window\" style=\"border: 0; inset: 0; position: fixed\"></iframe>";
    let site = Site::of("rasco.kz").configuration(configuration);
    let site = site.page("/", &Page::new("ru").after_tag(style));
    Internet::with([site.page("/window", &Page::new("ru").tag("").body(frame))])
}

/// Has the site ask in a language, in the frame.
async fn asks_in(visit: &Visit, language: &str) {
    visit.open(ADDRESS).await;
    visit
        .script(&format!(
            "sessionStorage.setItem('kelisim-language', '{language}'); document.getElementById('window').src = '/'"
        ))
        .await;
    visit
        .until_true(
            "the first layer in the frame",
            &format!(
                "const root = document.getElementById('window').contentDocument.getElementById('kelisim-root'); \
                 return root?.lang === '{language}' && !!root.querySelector('[data-kelisim=banner]')?.offsetHeight && \
                 document.getElementById('window').contentWindow.__visit.events.some(e => e.name === 'kelisim:shown')"
            ),
        )
        .await;
}

/// What is measured in a window of this size.
async fn measure(visit: &Visit, (width, height): (u32, u32)) -> Value {
    visit.script_with(BOXES, vec![json!(width), json!(height)]).await
}

async fn every_control_is_in_view(visit: &Visit, windows: &[(u32, u32)], what: &str) {
    for &window in windows {
        let measured = measure(visit, window).await;
        shows!(
            "K-03",
            measured["faults"] == json!([]),
            "{what} in {window:?}: {measured}"
        );
        // Where next to nothing has room, the link is smaller than the words.
        let faces = if window.1 < 300 { 4 } else { 3 };
        shows!(
            "T-02",
            measured["faces"].as_array().unwrap().len() <= faces,
            "{what} in {window:?} is written in {}",
            measured["faces"]
        );
        let share = measured["share"].as_f64().unwrap();
        match window {
            (360, 640) => shows!("F-09", share <= 0.5, "{what} covers {share} of a phone"),
            (1280, 800) => shows!("F-09", share <= 0.35, "{what} covers {share} of a desktop"),
            _ => {}
        }
    }
}

/// Every look, with so few services that nothing scrolls and so many that the words always do.
async fn look_at(visitor: &Visitor, looks: &[Value], services: &[usize], languages: &[&str], windows: &[(u32, u32)]) {
    let internet = internet(&configuration(&looks[0], 1), "");
    let visit = visitor.comes_to(&internet).await;
    for look in looks {
        for &count in services {
            internet.change(|site| site.configuration(&configuration(look, count)));
            for language in languages {
                asks_in(&visit, language).await;
                let what = format!("{look} with {count} in {language}");
                every_control_is_in_view(&visit, windows, &what).await;
            }
        }
    }
}

async fn k_03_f_09_every_control_is_in_view_over_the_whole_grid(visitor: Visitor) {
    let looks = [
        json!({"layout": "bar"}),
        json!({"layout": "box", "position": "top-end"}),
        json!({"layout": "card"}),
    ];
    look_at(&visitor, &looks, &[1, 7, 30], &["kk", "ru", "en", "ar"], &WINDOWS).await;
}

async fn k_03_f_09_every_control_is_in_view_in_the_corners_of_the_grid(visitor: Visitor) {
    let looks = [json!({"layout": "bar", "position": "top"}), json!({"layout": "box"})];
    look_at(&visitor, &looks, &[30], &["ru", "ar"], &CORNERS).await;
}

/// Text at 200 %, and the spacing of WCAG 1.4.12: nothing is wider than its window or cut off, and whatever can be pressed
/// can be brought into view.
async fn a_13_larger_and_wider_words_are_all_reached(visitor: Visitor) {
    let spaced = "<style>* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important } \
        p { margin-block-end: 2em !important }</style>";
    let doubled = "<style>:root { --kelisim-font-size: 32px }</style>";
    let appearance = json!({"layout": "box"});
    let internet = internet(&configuration(&appearance, 7), "");
    let visit = visitor.comes_to(&internet).await;
    for (style, windows) in [
        (spaced, [(320, 256), (360, 640), (1280, 800)]),
        (doubled, [(360, 640), (640, 512), (1280, 800)]),
    ] {
        internet.change(|site| site.page("/", &Page::new("ru").after_tag(style)));
        asks_in(&visit, "ru").await;
        for window in windows {
            measure(&visit, window).await;
            let lost = visit
                .script(
                    "const { contentDocument: page, contentWindow: { innerWidth, innerHeight } } = document.getElementById('window'); \
                     const layer = page.querySelector('[data-kelisim=banner]'); \
                     return [...layer.querySelectorAll('h2, p, dt, dd, a, button')].filter(one => { \
                         one.scrollIntoView({block: 'nearest'}); const seen = one.getBoundingClientRect(); \
                         return one.getClientRects().length && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth || \
                             seen.left < -1 || seen.right > innerWidth + 1 || seen.bottom < 1 || seen.top > innerHeight - 1) }) \
                         .map(one => one.textContent).concat(layer.scrollWidth > layer.clientWidth + 1 ? 'the layer' : [])",
                )
                .await;
            shows!("A-13", lost == json!([]), "in {window:?} with {style}: {lost}");
        }
    }
}
