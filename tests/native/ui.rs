//! What each layer says and holds, seen without a browser.

mod colours;
mod look;
mod printed;
mod views;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kelisim::core::notice::dates::{DAY, counted, moment, spelled};
use kelisim::core::notice::texts::Text;
use kelisim::core::update::{Act, Event};
use kelisim::core::value::{Value, keep};
use serde_json::json;

use crate::markup::{Child, Markup};
use views::{SITES, Visit, choosing, course_site, decided, granted, longer, nothing_optional, now, site, undecided};

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

/// The parts of a page that Kelisim's own name marks: `banner`, `settings`, `reopen`, `status`.
fn marked<'a>(page: &'a Markup, name: &str) -> Vec<&'a Markup> {
    elements(page)
        .into_iter()
        .filter(|one| attribute(one, "data-kelisim") == Some(name))
        .collect()
}

fn only(page: &Markup, name: &str) -> Markup {
    let found = marked(page, name);
    assert_eq!(found.len(), 1, "{name} stands once");
    found[0].clone()
}

/// The first layer.
fn question(visit: &Visit) -> Markup {
    only(&visit.page(), "banner")
}

/// The settings.
fn notice(visit: &Visit) -> Markup {
    only(&visit.page(), "settings")
}

/// The first layer and the settings, where they are there.
fn layers(visit: &Visit) -> Vec<Markup> {
    let page = visit.page();
    [marked(&page, "banner"), marked(&page, "settings")]
        .concat()
        .into_iter()
        .cloned()
        .collect()
}

/// The items of the settings that say this, wherever they stand.
fn items<'a>(layer: &'a Markup, name: &str) -> Vec<&'a Markup> {
    elements(layer)
        .into_iter()
        .filter(|one| attribute(one, "data-kelisim-item") == Some(name))
        .collect()
}

/// Every state of this file, and both layers of every demonstration site, in every language.
fn visits() -> Vec<Visit> {
    let states = LANGUAGES.into_iter().flat_map(|language| {
        [
            undecided(language),
            choosing(language),
            granted(language),
            decided(language),
            nothing_optional(language),
            longer(granted(language)),
        ]
    });
    states.chain(site_visits()).collect()
}

/// Both layers of every demonstration site, in every language.
fn site_visits() -> impl Iterator<Item = Visit> {
    let pairs = LANGUAGES
        .into_iter()
        .flat_map(|language| SITES.map(|domain| (domain, language)));
    pairs.map(|(domain, language)| Visit::to(&site(domain), language).then(Event::Settings(true)))
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
    for visit in visits() {
        for layer in layers(&visit) {
            assert_eq!(with_action(&layer, "accept").len(), with_action(&layer, "reject").len());
        }
    }
}

/// F-02: but for what they do and say, the two choices are the same element, side by side.
#[test]
fn f_02_accept_and_reject_differ_in_nothing_but_words_and_act() {
    for visit in visits() {
        for layer in layers(&visit) {
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
    for visit in LANGUAGES.map(undecided).into_iter().chain(site_visits()) {
        if visit.config.is_empty() {
            continue;
        }
        let html = question(&visit).to_html().replace("&nbsp;", "\u{a0}");
        let (before, _) = html.split_once("data-kelisim-action=\"accept\"").unwrap();
        let (config, texts) = (&visit.config, visit.texts());
        let mut named = vec![
            texts
                .get(Text::Lead)
                .replace("{operator}", &config.text("operator", "name")),
            texts.get(Text::PolicyLink).to_string(),
            format!("href=\"{}\"", config.text("policy", "url")),
        ];
        named.extend(
            config
                .categories
                .iter()
                .map(|id| config.category_words(*id, "name", texts).to_string()),
        );
        for service in &config.services {
            for key in ["name", "recipient"] {
                named.push(texts.wording(service.description.get(key)).to_string());
            }
            let codes = service.countries().iter().map(Value::words);
            named.extend(codes.map(|code| texts.listed(Text::Countries, code).to_string()));
        }
        for words in named {
            assert!(!words.is_empty() && before.contains(&words), "{words}");
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

/// C-01, C-02: a switch per purpose and per service, and each as the visitor left it: off on the first opening.
#[test]
fn c_02_a_switch_is_on_only_where_the_visitor_turned_it() {
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
    for visit in [choosing("ru"), nothing_optional("kk")] {
        let layer = notice(&visit);
        let [block] = items(&layer, "necessary")[..] else {
            panic!("the necessary is explained once")
        };
        assert!(switches(block).is_empty());
        assert!(text_of(block).contains(&*visit.texts().get(Text::NecessaryPurpose)));
    }
}

/// Where nothing is optional the settings are the notice: no question and no choice.
#[test]
fn c_02_nothing_optional_is_not_asked() {
    let page = nothing_optional("ru").page();
    for action in ["reject", "accept", "save", "withdraw"] {
        assert!(with_action(&page, action).is_empty(), "{action}");
    }
    assert!(marked(&page, "banner").is_empty());
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
    let (before, after) = (
        only(&undecided("en").page(), "status"),
        only(&decided("en").page(), "status"),
    );
    assert_eq!(text_of(&before), "");
    assert_eq!(attribute(&before, "role"), Some("status"));
    assert_eq!(text_of(&after), decided("en").texts().get(Text::StatusSaved));
    assert_eq!(after.attributes, before.attributes);
    for visit in visits() {
        let page = visit.page();
        let lines = elements(&page)
            .into_iter()
            .filter(|one| attribute(one, "role") == Some("status"));
        assert_eq!(lines.count(), 1);
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
    for visit in visits() {
        let control = only(&visit.page(), "reopen");
        assert_eq!(control.tag, "button");
        assert_eq!(text_of(&control).trim(), visit.texts().get(Text::SettingsTitle));
        assert_eq!(attribute(&control, "aria-label"), None);
    }
}

/// L-04: the root says its language and direction, and each language is called in itself.
#[test]
fn l_04_languages_are_marked() {
    for language in LANGUAGES {
        let page = choosing(language).page();
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

/// L-04: a purpose that a language does not have stands in English, and says so.
#[test]
fn l_04_words_of_another_language_are_marked() {
    let purposes = |language| -> Vec<Option<String>> {
        let layer = Visit::to(&site("proeducation.kz"), language)
            .then(Event::Settings(true))
            .page();
        elements(&layer)
            .into_iter()
            .filter(|one| attribute(one, "data-kelisim-item") == Some("purpose"))
            .flat_map(elements)
            .filter(|one| one.tag == "dd")
            .map(|one| attribute(one, "lang").map(str::to_owned))
            .collect()
    };
    for language in LANGUAGES {
        assert_eq!(purposes(language), [None, None], "{language}");
    }
    assert_eq!(purposes("uz"), vec![Some("en".to_owned()); 2]);
}

/// L-05: the notice carries the same items in every language, in the same order.
#[test]
fn l_05_every_language_has_the_same_items() {
    let named = |language| -> Vec<String> {
        let layer = notice(&choosing(language));
        let names = elements(&layer)
            .into_iter()
            .filter_map(|one| attribute(one, "data-kelisim-item"));
        names.map(str::to_owned).collect()
    };
    let expected = named("kk");
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
    assert_eq!(named("ru"), expected);
    assert_eq!(named("en"), expected);
}

/// I-01, I-03, I-04, I-05, I-06: who asks, until when, who receives and where stands in the settings.
#[test]
fn i_01_to_i_06_the_settings_tell_what_the_law_asks() {
    for language in LANGUAGES {
        let visit = choosing(language);
        let (layer, config, texts) = (notice(&visit), &visit.config, visit.texts());
        let told = |item: &str| {
            items(&layer, item)
                .into_iter()
                .map(text_of)
                .collect::<Vec<_>>()
                .join("\n")
        };
        for key in ["name", "bin", "address", "email", "phone"] {
            assert!(
                told("operator").contains(&*config.text("operator", key)),
                "{key} in {language}"
            );
        }
        let end = now() + i64::from(config.expires_days) * DAY;
        assert!(told("term").contains(&*spelled(end, texts)), "{}", told("term"));
        assert!(told("term").contains(&*counted(config.expires_days, Text::Days, texts)));
        let version = [config.text("policy", "version").text(), "T00:00:00Z"].concat();
        let version = moment(keep(version)).unwrap();
        assert!(
            told("policy").contains(&*spelled(version, texts)),
            "a version that is a date reads as one"
        );
        assert!(told("public-sources").contains(&*texts.get(Text::PublicSourcesNo)));
        for service in &config.services {
            let recipient = texts.wording(service.description.get("recipient"));
            assert!(told("third-parties").contains(&*recipient), "{recipient} in {language}");
            assert!(told("recipient").contains(&*recipient), "{recipient} in {language}");
            for code in service.countries() {
                let country = texts.listed(Text::Countries, code.words());
                assert!(!country.is_empty(), "{code:?} names no country");
                assert!(told("cross-border").contains(&*country), "{country} in {language}");
                assert!(told("country").contains(&*country), "{country} in {language}");
            }
        }
    }
}

/// L-05: the eight items of Law 94-V, art. 8(4), and what belongs to them, each in every language.
#[test]
fn l_05_the_items_of_the_law_are_in_every_language() {
    let by_law = [
        ("1: the operator with its number", "operator"),
        ("2: the subject, known by the code of the grant", "code"),
        ("3: the term", "term"),
        ("4: transfer to third parties", "third-parties"),
        ("5: transfer across the border", "cross-border"),
        ("6: publicly available sources", "public-sources"),
        ("7: the data", "data"),
        ("8: the rest: what for", "purpose"),
        ("8: the rest: for how long and where", "scope"),
        ("8: the rest: what a refusal changes", "refusal"),
        ("8: the rest: how it is withdrawn", "withdrawal"),
        ("8: the rest: rights and terms", "rights"),
        ("8: the rest: the authority and the court", "authority"),
    ];
    for language in LANGUAGES {
        let layer = notice(&granted(language));
        for (item, name) in by_law {
            let told = items(&layer, name);
            assert!(!told.is_empty(), "{item} in {language}");
            assert!(told.iter().all(|item| text_of(item).len() > 4), "{item} in {language}");
        }
    }
}

/// I-10: a letter to the address and with the exact subject of the configuration, encoded, and with words to send.
#[test]
fn i_10_a_letter_has_the_exact_subject_and_a_body() {
    let encoded = |words: &str| keep(words.to_owned()).encoded().text();
    for language in LANGUAGES {
        let texts = crate::site::texts(language);
        let mut visit = crate::site::Visit::opening(&crate::site::rasco(), |opening| opening.texts = texts).shown();
        visit.act(Act::Accept);
        visit.send(Event::Settings(true));
        let layer = Markup::of(&visit.config, &visit.state, &[]);
        let code = visit.record().text("code");
        for (item, subject) in [
            ("withdrawal", "Прекратить обработку персональных данных"),
            ("correction", "Уточнить персональные данные"),
        ] {
            let [item] = items(&layer, item)[..] else {
                panic!("{item} stands once")
            };
            let links: Vec<_> = elements(item)
                .into_iter()
                .filter_map(|one| attribute(one, "href"))
                .collect();
            let start = format!("mailto:privacy@rasco.kz?subject={}&body=", encoded(subject));
            let [letter] = links[..] else {
                panic!("one letter: {links:?}")
            };
            assert!(letter.starts_with(&start), "{letter}");
            assert!(
                letter.contains("rasco.kz") && letter.len() > start.len() + 40,
                "{letter}"
            );
            assert_eq!(subject.starts_with("Прекратить"), letter.contains(&*code), "{letter}");
            assert!(text_of(item).contains(subject), "the subject can be read");
        }
    }
}

/// I-09: a name that another site reads is told as that; what is this site's own, too.
#[test]
fn i_09_first_and_third_parties_are_told_apart() {
    let mut site = crate::site::own_services();
    site["services"][0]["storage"] = serde_json::json!([
        {"name": "here", "in": "cookie", "lifetime": "20h", "purpose": {"kk": "Санау", "ru": "Счёт", "en": "Counting"}},
        {"name": "there", "in": "cookie", "lifetime": "20h", "host": "vendor.example", "purpose": {"kk": "Санау", "ru": "Счёт", "en": "Counting"}},
    ]);
    let mut visit = crate::site::Visit::first(&site).shown();
    visit.send(Event::Settings(true));
    let markup = crate::markup::Markup::of(&visit.config, &visit.state, &[]);
    let words = text_of(&markup);
    assert!(words.contains("cookie этого сайта"), "{words}");
    assert!(words.contains("cookie стороннего сайта vendor.example"), "{words}");
}

/// I-02: the code of a grant stands in the settings from the grant on.
#[test]
fn i_02_a_grant_is_known_by_its_code() {
    let visit = granted("ru");
    let layer = notice(&visit);
    let code = visit.state.record.as_ref().unwrap().text("code");
    let [item] = items(&layer, "code")[..] else {
        panic!("the code stands once")
    };
    assert!(!code.is_empty() && text_of(item).contains(&*code));
    assert!(items(&notice(&choosing("ru")), "code").is_empty());
}

/// I-07, I-08: each service says what it collects and what for.
#[test]
fn i_07_each_service_tells_its_data_and_its_purpose() {
    for language in LANGUAGES {
        let visit = choosing(language);
        let (layer, texts) = (notice(&visit), visit.texts());
        for item in ["data", "purpose"] {
            assert_eq!(items(&layer, item).len(), visit.config.services.len());
        }
        for (number, service) in visit.config.services.iter().enumerate() {
            assert!(
                text_of(items(&layer, "purpose")[number]).contains(&*texts.wording(service.description.get("purpose")))
            );
            for data in *service.description.list("data") {
                let words = texts.coded(Text::Data, data);
                assert!(text_of(items(&layer, "data")[number]).contains(&*words), "{words}");
            }
        }
    }
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
    let written = Markup {
        tag: "p",
        attributes: vec![("aria-label", evil.to_owned())],
        children: vec![Child::Text(evil.to_owned())],
    }
    .to_html();
    assert_eq!(
        written,
        "<p aria-label=\"&lt;img src=x onerror=alert(1)&gt;&quot; onclick=&quot;alert(1)&amp;amp;\">\
         &lt;img src=x onerror=alert(1)&gt;&quot; onclick=&quot;alert(1)&amp;amp;</p>"
    );
    for visit in visits() {
        for one in elements(&visit.page()) {
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

/// B-02: an owner's words are shown as they are, and neither elements nor names to fill in are found in them.
#[test]
fn b_02_words_of_the_owner_are_no_template() {
    let evil = "<img src=x onerror=alert(1)>{accept}{$policy}</p>\" onclick=\"x";
    let mut site = course_site();
    let harmless = Visit::to(&site, "ru").then(Event::Settings(true)).page();
    site["operator"]["name"] = json!(evil);
    site["categories"][0] =
        json!({ "id": "analytics", "name": evil, "purpose": { "kk": evil, "ru": evil, "en": evil } });
    let page = Visit::to(&site, "ru").then(Event::Settings(true)).page();
    let tags = |page: &Markup| elements(page).iter().map(|one| one.tag).collect::<Vec<_>>();
    assert_eq!(tags(&page), tags(&harmless));
    assert!(text_of(items(&page, "operator")[0]).contains(evil));
    assert_eq!(text_of(with_id(&page, "kelisim-name-analytics")), evil);
    assert_eq!(text_of(with_id(&page, "kelisim-about-analytics")), evil);
}

/// Ids are Kelisim's own, and stand once.
#[test]
fn a_16_ids_are_unique_and_prefixed() {
    for visit in visits() {
        let page = visit.page();
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
    for (name, visit) in shapes {
        let path = snapshots.join(name).with_extension("html");
        let written = shape(&visit.page()).to_indented_html();
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
        if *name == "aria-label" || value.starts_with("data:") {
            "…".clone_into(value);
        }
    }
    for child in &mut shape.children {
        *child = match child {
            Child::Text(words) if words.is_empty() => Child::Text(String::new()),
            Child::Text(_) => Child::Text("…".to_owned()),
            Child::Element(element) => Child::Element(self::shape(element)),
        };
    }
    shape
}
