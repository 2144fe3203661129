//! What is shown in the page, as the states ask for it: the compiler's HTML of a real site, with its places filled.

use js_sys::{JSON, Reflect};
use kelisim::consent::{Circumstances, Kept, LanguageId, Stored, Timestamp};
use kelisim::page::document::{query_selector, query_selector_all};
use kelisim::ui::{Scene, Ui};
use kelisim::visit::{Act, BrowserSignals, Control, Event, Opening, Page, SettingsFile, State, open, update};
use kelisim_site::{Settings, Site};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{count, evaluate, set_stage};

const RASCO: &str = include_str!("../../compiler/tests/snapshots/rasco.kz.json");

/// A visitor's page: what is shown there goes with it.
struct Visit {
    site: Site,
    state: State,
    ui: Ui,
}

impl Drop for Visit {
    fn drop(&mut self) {
        evaluate("document.querySelector('#kelisim-root')?.remove(), document.activeElement.blur()");
    }
}

impl Visit {
    /// Somebody who was never asked, on a page with this in it.
    fn first(page: &str) -> Visit {
        set_stage(page);
        let compiled = JSON::parse(RASCO).unwrap();
        let member = |name: &str| Reflect::get(&compiled, &JsValue::from_str(name)).unwrap();
        let site: Site = serde_wasm_bindgen::from_value(member("site")).unwrap();
        let settings: Vec<Settings> = serde_wasm_bindgen::from_value(member("settings")).unwrap();
        let language = LanguageId::tagged(&site, "ru").unwrap();
        let (state, _) = open(
            &site,
            Opening {
                stored: Stored {
                    kept: Kept::Nothing,
                    mirrors: Vec::new(),
                },
                language,
                settings: SettingsFile::Here,
                page: Page {
                    host: "rasco.kz".to_owned(),
                    secure: true,
                },
                signals: BrowserSignals { gpc: false, dnt: false },
                now: noon(),
                reloaded: false,
                pressed_in_vain: false,
            },
        );
        let ui = Ui::new(None);
        for file in settings {
            ui.keep_settings(LanguageId::tagged(&site, &file.language).unwrap(), file.html);
        }
        Visit { site, state, ui }
    }

    fn send(&mut self, event: Event) {
        update(&self.site, &mut self.state, event);
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            site: &self.site,
            state: &self.state,
        }
    }

    fn asked(page: &str) -> Visit {
        let mut visit = Visit::first(page);
        visit.ui.show_first_layer(visit.scene());
        visit.send(Event::Shown);
        visit
    }

    fn decides(&mut self, control: Control) {
        let at = Circumstances { now: noon(), random: 7 };
        self.send(Event::Act {
            act: Act::Control(control),
            at,
        });
        self.ui.remove_layers();
        self.ui.fill(self.scene());
    }
}

fn noon() -> Timestamp {
    Timestamp::parse("2026-11-20T12:00:00Z").unwrap()
}

fn text(selector: &str) -> String {
    evaluate(&format!("document.querySelector(`{selector}`)?.textContent"))
}

#[wasm_bindgen_test]
fn the_first_layer_comes_first_and_what_stays_comes_last() {
    let mut visit = Visit::asked("<p>page</p>");
    assert_eq!(evaluate("document.body.previousElementSibling.id"), "kelisim-root");
    assert_eq!(count("#kelisim-root [data-kelisim=banner]"), 1);
    visit.decides(Control::Reject);
    assert_eq!(count("#kelisim-root [data-kelisim=banner]"), 0);
    assert_eq!(evaluate("document.documentElement.lastElementChild.id"), "kelisim-root");
    assert_eq!(count("#kelisim-root [data-kelisim=reopen]:not([hidden])"), 1);
}

#[wasm_bindgen_test]
fn conditions_hold_for_what_is_granted() {
    let mut visit = Visit::asked("");
    visit.decides(Control::Accept);
    visit.send(Event::OpenSettings);
    visit.ui.open_settings(visit.scene());
    assert_eq!(count("#kelisim-root dialog[open]"), 1);
    assert_eq!(count("[data-kelisim-when=granted]:not([hidden])"), 1);
    assert_eq!(count("[data-kelisim-when=recorded]:not([hidden])"), 1);
    assert_eq!(count("[data-kelisim-when=signal]:not([hidden])"), 0);
    assert_eq!(
        evaluate("[...document.querySelectorAll('[role=switch]')].every(one => one.checked)"),
        "true"
    );
    let code = visit.state.record().unwrap().code().unwrap().to_owned();
    assert_eq!(text("[data-kelisim-place=code]"), code);
    assert_eq!(
        text("[data-kelisim-place=record]"),
        visit.state.record().unwrap().to_text()
    );
    let letters = evaluate("[...document.querySelectorAll('[data-kelisim-letter]')].map(one => one.href).join()");
    assert!(
        letters.contains(&code) && letters.contains("rasco.kz") && !letters.contains("%7B"),
        "{letters}"
    );
    let file = evaluate("decodeURIComponent(document.querySelector('[data-kelisim-action=download]').href)");
    assert_eq!(
        file,
        format!("data:application/json,{}", visit.state.record().unwrap().to_text())
    );
    visit.ui.close_settings();
    assert_eq!(count("#kelisim-root dialog"), 0);
}

#[wasm_bindgen_test]
fn another_language_leaves_the_reader_where_they_are() {
    let mut visit = Visit::asked("");
    visit.send(Event::OpenSettings);
    visit.ui.open_settings(visit.scene());
    evaluate("document.querySelector('dialog details').open = true");
    evaluate("document.querySelectorAll('dialog [role=switch]')[1].focus()");
    let before = evaluate("document.activeElement.outerHTML");
    let title = text("dialog h2");
    let kazakh = LanguageId::tagged(&visit.site, "kk").unwrap();
    visit.send(Event::SettingsArrived {
        language: kazakh,
        look: kelisim::visit::Look {
            stored: Stored {
                kept: Kept::Nothing,
                mirrors: Vec::new(),
            },
            now: noon(),
            edited: false,
        },
    });
    visit.send(Event::Speak(kazakh));
    visit.ui.speak(visit.scene());
    assert_eq!(evaluate("document.querySelector('#kelisim-root').lang"), "kk");
    assert_ne!(text("dialog h2"), title);
    assert_eq!(evaluate("document.querySelector('dialog details').open"), "true");
    assert_eq!(evaluate("document.activeElement.outerHTML"), before);
    assert_eq!(count("dialog[open]:modal"), 1);
    evaluate("document.querySelector('dialog').close()");
}

#[wasm_bindgen_test]
fn the_status_line_is_told_and_not_filled() {
    let mut visit = Visit::asked("");
    assert_eq!(text("[data-kelisim=status]"), "");
    visit.decides(Control::Reject);
    assert_eq!(text("[data-kelisim=status]"), "");
    visit.ui.announce(visit.scene());
    assert_eq!(text("[data-kelisim=status]"), visit.site.languages[0].status.rejected);
}

#[wasm_bindgen_test]
fn a_placeholder_stands_before_an_embed_and_goes_with_its_start() {
    let visit = Visit::asked(
        "<iframe data-category=analytics data-src=about:blank height=300 title=a></iframe><img data-category=analytics data-src=a.png>",
    );
    let waiting = query_selector_all("[data-category]");
    assert!(visit.ui.stand_in(&waiting, visit.scene()));
    assert_eq!(
        count("[data-kelisim=placeholder]"),
        1,
        "nobody misses a picture of a vendor's"
    );
    assert_eq!(
        evaluate("document.querySelector('[data-kelisim=placeholder]').nextElementSibling.localName"),
        "iframe"
    );
    assert_eq!(
        evaluate("document.querySelector('[data-kelisim=placeholder]').style.getPropertyValue('height')"),
        "300px"
    );
    let control = query_selector("[data-kelisim=placeholder] [data-kelisim-action=accept]").unwrap();
    let id = visit.ui.id_in_placeholder(&control).unwrap();
    assert_eq!(id.name(&visit.site), "analytics");
    assert!(visit.ui.stand_in(&waiting, visit.scene()));
    assert_eq!(count("[data-kelisim=placeholder]"), 1);
    visit.ui.displace(&waiting);
    assert_eq!(count("[data-kelisim=placeholder]"), 0);
}

#[wasm_bindgen_test]
fn a_root_that_was_taken_out_comes_back() {
    let visit = Visit::asked("");
    evaluate("document.querySelector('#kelisim-root').remove()");
    assert!(!visit.ui.is_mounted());
    assert!(visit.ui.mount(visit.scene()));
    assert_eq!(count(":root > #kelisim-root"), 1);
}

#[wasm_bindgen_test]
fn a_first_layer_takes_room_and_gives_it_back() {
    let visit = Visit::asked("<div style='height: 5000px'></div>");
    visit.ui.make_room();
    assert_ne!(evaluate("document.documentElement.style.scrollPaddingBottom"), "");
    visit.ui.remove_first_layer();
    visit.ui.make_room();
    assert_eq!(evaluate("document.documentElement.style.scrollPaddingBottom"), "");
}
