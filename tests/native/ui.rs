//! What each layer says and holds, seen without a browser.

mod colours;
mod look;
mod views;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kelisim::core::config::Appearance;
use kelisim::core::view::View;
use kelisim::ui::first_layer::first_layer;
use kelisim::ui::markup::{Child, Markup, element, words};
use kelisim::ui::reopen::reopen;
use kelisim::ui::root::page;
use kelisim::ui::settings::settings;
use kelisim::ui::status::status;

use views::{choosing, decided, granted, longer, nothing_optional, undecided};

const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// Every element of a tree, in document order.
fn elements(markup: &Markup) -> Vec<&Markup> {
    let mut all = vec![markup];
    for child in &markup.children {
        if let Child::Element(element) = child {
            all.extend(elements(element));
        }
    }
    all
}

fn attribute<'a>(markup: &'a Markup, name: &str) -> Option<&'a str> {
    markup
        .attributes
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
}

/// Everything that an element says, in order.
fn text_of(markup: &Markup) -> String {
    let mut text = String::new();
    for child in &markup.children {
        match child {
            Child::Text(words) => text.push_str(words),
            Child::Element(element) => write!(text, " {}", text_of(element)).unwrap(),
        }
    }
    text
}

fn with_action<'a>(markup: &'a Markup, action: &str) -> Vec<&'a Markup> {
    elements(markup)
        .into_iter()
        .filter(|one| attribute(one, "data-kelisim-action") == Some(action))
        .collect()
}

fn switches(markup: &Markup) -> Vec<&Markup> {
    elements(markup)
        .into_iter()
        .filter(|one| attribute(one, "role") == Some("switch"))
        .collect()
}

fn with_id<'a>(markup: &'a Markup, id: &str) -> &'a Markup {
    let found: Vec<_> = elements(markup)
        .into_iter()
        .filter(|one| attribute(one, "id") == Some(id))
        .collect();
    assert_eq!(found.len(), 1, "the id {id} stands once");
    found[0]
}

fn question(view: &View) -> Markup {
    first_layer(view.first_layer.as_ref().unwrap())
}

fn notice(view: &View) -> Markup {
    settings(view.settings.as_ref().unwrap())
}

fn drawn(view: &View) -> Markup {
    page(view, &Appearance::default())
}

/// Every view of this file, in every language.
fn views() -> Vec<View> {
    LANGUAGES
        .into_iter()
        .flat_map(|language| {
            [
                undecided(language),
                choosing(language),
                granted(language),
                decided(language),
                nothing_optional(language),
                longer(granted(language)),
            ]
        })
        .collect()
}

/// F-01: Accept, Reject and Settings are native buttons on the first layer, once each.
#[test]
fn f_01_the_first_layer_has_three_native_buttons() {
    for language in LANGUAGES {
        let layer = question(&undecided(language));
        for action in ["reject", "accept", "settings"] {
            let [button] = with_action(&layer, action)[..] else {
                panic!("{action} in {language}")
            };
            assert_eq!((button.tag, attribute(button, "type")), ("button", Some("button")));
            assert!(!text_of(button).is_empty());
        }
    }
}

/// F-01: on no layer is it easier to accept than to refuse.
#[test]
fn f_01_no_layer_has_more_ways_to_accept_than_to_refuse() {
    for view in views() {
        let layers = [
            view.first_layer.as_ref().map(first_layer),
            view.settings.as_ref().map(settings),
        ];
        for layer in layers.iter().flatten() {
            assert_eq!(with_action(layer, "accept").len(), with_action(layer, "reject").len());
        }
    }
}

/// F-02: but for what they do and say, the two choices are the same element, side by side.
#[test]
fn f_02_accept_and_reject_differ_in_nothing_but_words_and_act() {
    for view in views() {
        for layer in [
            view.first_layer.as_ref().map(first_layer),
            view.settings.as_ref().map(settings),
        ] {
            let layer = layer.unwrap_or_else(|| element("div"));
            for (accept, reject) in with_action(&layer, "accept").iter().zip(with_action(&layer, "reject")) {
                let look = |button: &Markup| {
                    let attributes = button
                        .attributes
                        .iter()
                        .filter(|(name, _)| *name != "data-kelisim-action");
                    (
                        button.tag,
                        attributes.cloned().collect::<Vec<_>>(),
                        button.children.len(),
                    )
                };
                assert_eq!(look(accept), look(reject));
            }
        }
    }
}

/// F-07: purposes, recipients, countries and the policy stand before the grant.
#[test]
fn f_07_purposes_and_recipients_stand_before_accept() {
    for language in LANGUAGES {
        let view = undecided(language);
        let html = question(&view).to_html();
        let accept = html.find("\"accept\"").unwrap();
        let layer = view.first_layer.unwrap();
        let purposes = layer
            .purposes
            .iter()
            .flat_map(|purpose| purpose.recipients.iter().chain([&purpose.name]));
        for named in purposes.chain([&layer.policy.text, &layer.lead]) {
            assert!(html.find(named.as_str()).unwrap() < accept, "{named}");
        }
    }
}

/// F-10: the first layer cannot be closed without an answer.
#[test]
fn f_10_the_first_layer_has_no_close() {
    for language in LANGUAGES {
        let layer = question(&undecided(language));
        assert!(with_action(&layer, "close").is_empty());
        assert_eq!(
            elements(&layer).iter().filter(|one| one.tag == "button").count(),
            3 + LANGUAGES.len()
        );
    }
}

/// F-11: the first layer asks by its buttons alone.
#[test]
fn f_11_the_first_layer_has_no_checkbox_and_no_field() {
    for language in LANGUAGES {
        let fields = ["input", "select", "textarea", "form", "label"];
        assert!(
            elements(&question(&undecided(language)))
                .iter()
                .all(|one| !fields.contains(&one.tag))
        );
    }
}

/// C-01, C-02: a switch per purpose and per service, and each as the view has it: off on the first opening.
#[test]
fn c_02_a_switch_is_on_only_where_the_view_says_so() {
    for language in LANGUAGES {
        let layer = notice(&choosing(language));
        assert_eq!(switches(&layer).len(), 5);
        assert!(
            switches(&layer)
                .iter()
                .all(|switch| attribute(switch, "checked").is_none())
        );

        let layer = notice(&granted(language));
        let on: Vec<_> = switches(&layer)
            .into_iter()
            .filter(|switch| attribute(switch, "checked").is_some())
            .map(|switch| attribute(switch, "data-kelisim-category").or(attribute(switch, "data-kelisim-service")))
            .collect();
        assert_eq!(on, [Some("analytics"), Some("yandex-metrika")]);
    }
}

/// C-06: what is necessary is explained and has no switch.
#[test]
fn c_06_the_necessary_has_no_switch() {
    for view in [choosing("ru"), nothing_optional("kk")] {
        let layer = notice(&view);
        let blocks = elements(&layer);
        let block = blocks
            .iter()
            .find(|one| attribute(one, "data-kelisim-item") == Some("necessary"))
            .unwrap();
        assert!(switches(block).is_empty());
        assert!(text_of(block).contains(&view.settings.unwrap().necessary.purpose));
    }
}

/// Where nothing is optional the settings are the notice: no question and no choice.
#[test]
fn c_02_nothing_optional_is_not_asked() {
    let view = nothing_optional("ru");
    let page = drawn(&view);
    for action in ["reject", "accept", "save", "withdraw"] {
        assert!(with_action(&page, action).is_empty(), "{action}");
    }
    assert!(
        elements(&page)
            .iter()
            .all(|one| attribute(one, "data-kelisim") != Some("banner"))
    );
    assert_eq!(with_action(&page, "close").len(), 1);
}

/// W-02: the withdrawal is one press away while something is granted.
#[test]
fn w_02_the_withdrawal_stands_beside_the_choices() {
    assert!(with_action(&notice(&choosing("ru")), "withdraw").is_empty());
    assert_eq!(with_action(&notice(&granted("ru")), "withdraw").len(), 1);
}

/// the first layer is a region with a name, and not modal.
#[test]
fn a_01_the_first_layer_is_a_named_region() {
    let layer = question(&undecided("kk"));
    assert_eq!(attribute(&layer, "role"), Some("region"));
    assert!(!attribute(&layer, "aria-label").unwrap().is_empty());
    assert!(
        elements(&layer)
            .iter()
            .all(|one| attribute(one, "aria-modal").is_none() && one.tag != "dialog")
    );
}

/// the dialog is named by its heading, which can take the focus.
#[test]
fn a_08_the_heading_names_the_dialog_and_takes_the_focus() {
    let layer = notice(&choosing("kk"));
    let heading = with_id(&layer, attribute(&layer, "aria-labelledby").unwrap());
    assert_eq!((heading.tag, attribute(heading, "tabindex")), ("h2", Some("-1")));
}

/// the status line is there, empty, before there is anything to say.
#[test]
fn a_10_the_status_line_is_there_from_the_first_drawing() {
    assert_eq!(status("").children, []);
    assert_eq!(attribute(&status(""), "role"), Some("status"));
    assert_eq!(status("Saved").attributes, status("").attributes);
    for view in views() {
        let page = drawn(&view);
        assert_eq!(
            elements(&page)
                .iter()
                .filter(|one| attribute(one, "role") == Some("status"))
                .count(),
            1
        );
    }
}

/// a switch is called the same whether it is on or off, stands in a named group and has a description.
#[test]
fn a_16_the_label_of_a_switch_does_not_change_with_its_state() {
    let (off, on) = (notice(&choosing("ru")), notice(&granted("ru")));
    let labels = |layer: &Markup| -> Vec<String> {
        elements(layer)
            .into_iter()
            .filter(|one| one.tag == "label")
            .map(text_of)
            .collect()
    };
    assert_eq!(labels(&off), labels(&on));
    assert_eq!(labels(&off).len(), switches(&off).len());
    for layer in [&off, &on] {
        for switch in switches(layer) {
            assert_eq!((switch.tag, attribute(switch, "type")), ("input", Some("checkbox")));
            assert!(!text_of(with_id(layer, attribute(switch, "aria-describedby").unwrap())).is_empty());
        }
        for group in elements(layer)
            .into_iter()
            .filter(|one| attribute(one, "aria-labelledby").is_some())
        {
            assert!(!text_of(with_id(layer, attribute(group, "aria-labelledby").unwrap())).is_empty());
        }
    }
}

/// W-01, A-16: the control that stays is a native button whose words are its name.
#[test]
fn w_01_the_control_that_stays_is_called_by_its_words() {
    for view in views() {
        let control = reopen(&view.reopen);
        assert_eq!(
            (control.tag, attribute(&control, "data-kelisim")),
            ("button", Some("reopen"))
        );
        assert_eq!(text_of(&control).trim(), view.reopen);
        assert_eq!(attribute(&control, "aria-label"), None);
    }
}

/// L-04: the root says its language and direction, and each language is called in itself.
#[test]
fn l_04_languages_are_marked() {
    for language in LANGUAGES {
        let page = drawn(&choosing(language));
        assert_eq!(
            (attribute(&page, "lang"), attribute(&page, "dir")),
            (Some(language), Some("ltr"))
        );
        for button in with_action(&page, "language") {
            assert_eq!(attribute(button, "lang"), attribute(button, "data-kelisim-language"));
            let current = attribute(button, "lang") == Some(language);
            assert_eq!(attribute(button, "aria-current").is_some(), current);
        }
    }
}

/// L-05: the notice carries the same items in every language, in the same order.
#[test]
fn l_05_every_language_has_the_same_items() {
    let items = |language| -> Vec<String> {
        let layer = notice(&choosing(language));
        elements(&layer)
            .into_iter()
            .filter_map(|one| attribute(one, "data-kelisim-item"))
            .map(str::to_owned)
            .collect()
    };
    let expected = items("kk");
    assert!(
        [
            "operator",
            "term",
            "third-parties",
            "cross-border",
            "public-sources",
            "withdrawal"
        ]
        .iter()
        .all(|item| expected.iter().any(|known| known == item))
    );
    assert_eq!(items("ru"), expected);
    assert_eq!(items("en"), expected);
}

/// I-09: each stored name is a row under column headings.
#[test]
fn i_09_storage_is_a_table_with_headings() {
    let layer = notice(&choosing("en"));
    for table in elements(&layer).into_iter().filter(|one| one.tag == "table") {
        let tags: Vec<_> = elements(table)
            .into_iter()
            .map(|one| (one.tag, attribute(one, "scope")))
            .collect();
        assert_eq!(tags.iter().filter(|tag| **tag == ("th", Some("col"))).count(), 4);
        assert_eq!(tags.iter().filter(|(tag, _)| *tag == "caption").count(), 1);
        assert_eq!(tags.iter().filter(|(tag, _)| *tag == "td").count() % 4, 0);
    }
}

/// B-01, B-02: no element runs, fetches or styles anything, whatever the words are.
#[test]
fn b_02_words_stay_words() {
    let evil = "<img src=x onerror=alert(1)>\" onclick=\"alert(1)&amp;";
    let written = words("p", evil).with("aria-label", evil).to_html();
    assert_eq!(
        written,
        "<p aria-label=\"&lt;img src=x onerror=alert(1)&gt;&quot; onclick=&quot;alert(1)&amp;amp;\">\
         &lt;img src=x onerror=alert(1)&gt;&quot; onclick=&quot;alert(1)&amp;amp;</p>"
    );
    for view in views() {
        for one in elements(&drawn(&view)) {
            assert!(
                !["script", "style", "iframe", "img", "svg", "object"].contains(&one.tag),
                "{}",
                one.tag
            );
            let names = one.attributes.iter().map(|(name, _)| *name);
            assert!(
                names
                    .clone()
                    .all(|name| name != "style" && name != "title" && !name.starts_with("on"))
            );
        }
    }
}

/// Ids are Kelisim's own, and stand once.
#[test]
fn a_16_ids_are_unique_and_prefixed() {
    for view in views() {
        let page = drawn(&view);
        for id in elements(&page).into_iter().filter_map(|one| attribute(one, "id")) {
            assert!(id.starts_with("kelisim-"), "{id}");
            with_id(&page, id);
        }
    }
}

/// B-06: every line of the styles stands in the layer and wins over the site's own.
#[test]
fn b_06_every_declaration_is_important_and_in_the_layer() {
    let styles = look::styles();
    let mut in_comment = false;
    for line in styles.lines() {
        in_comment |= line.trim_start().starts_with("/*");
        if !in_comment && line.trim_end().ends_with(';') {
            assert!(line.ends_with(" !important;"), "{line}");
        }
        in_comment &= !line.trim_end().ends_with("*/");
    }
    assert_eq!(styles.matches("@layer kelisim {").count(), 4);
}

/// The layers as they are written: a change of the markup is seen and agreed to. `KELISIM_SNAPSHOTS=write` agrees.
#[test]
fn the_markup_is_as_agreed() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/snapshots");
    let shapes = [
        ("undecided", undecided("en")),
        ("granted", granted("en")),
        ("nothing-optional", nothing_optional("en")),
    ];
    for (name, view) in shapes {
        let path = snapshots.join(name).with_extension("html");
        let written = shape(&drawn(&view)).to_indented_html();
        if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
            fs::create_dir_all(&snapshots).unwrap();
            fs::write(&path, &written).unwrap();
        }
        let agreed = fs::read_to_string(&path).unwrap();
        let first = written.lines().zip(agreed.lines()).position(|(new, old)| new != old);
        assert!(
            written == agreed,
            "{} differs from line {first:?} on:\n{written}",
            path.display()
        );
    }
}

/// The same tree with every run of words shortened to an ellipsis: the words have tests of their own and may change.
fn shape(markup: &Markup) -> Markup {
    let mut shape = markup.clone();
    for (name, value) in &mut shape.attributes {
        if *name == "aria-label" {
            "…".clone_into(value);
        }
    }
    for child in &mut shape.children {
        *child = match child {
            Child::Text(_) => Child::Text("…".to_owned()),
            Child::Element(element) => Child::Element(self::shape(element)),
        };
    }
    shape
}
