//! Brings what stands in a page to the owner's audit, and shows what it found. In the build that names what is wrong only.

use super::cookies;
use super::document::{document, element, hostname, root, text};
use super::host;
use super::object::Object;
use crate::core::audit::{Finding, Place, examine, examine_wording, newer, sentence};
use crate::core::config::Config;
use crate::core::pile::Pile;
use crate::core::value::{Members, Value, Words};

/// Where each kind of thing is found: a selector and the property that says what it is. Kelisim marks what it starts.
const PLACES: [(Place, &str, &str); 3] = [
    (
        Place::Element,
        ":is(script,iframe,img,embed,video,audio,source)[src]:not([data-kelisim-state])",
        "src",
    ),
    (Place::NoScript, "noscript", "textContent"),
    (
        Place::Hint,
        "link:is([rel~=preconnect],[rel~=dns-prefetch],[rel~=preload],[rel~=prefetch],[rel~=modulepreload])",
        "href",
    ),
];

/// The id of the list that is shown, and the selector that finds it.
const LIST: &str = "kelisim-audit-list";
const THE_LIST: &str = "#kelisim-audit-list";

/// Looks at the page, and at the words of the `document` that `config` was made of; `before` are the cookies that were
/// there when the page began, `record` is the visitor's. Returns the findings as `[{code, about, sentence}]`, and lists
/// them in the page where its address asks for that.
pub fn audit(config: &Config, document: &'static Value, before: Words, record: &'static Value) -> &'static Value {
    let mut seen = Pile::new();
    for (place, selector, property) in &PLACES {
        root().call(say("querySelectorAll"), say(selector)).each(&mut |found| {
            seen.push((*place, found.text(say(property))));
        });
    }
    let entries = host::window()
        .get(say("performance"))
        .call(say("getEntriesByType"), say("resource"));
    entries.each(&mut |entry| seen.push((Place::Resource, entry.text(say("name")))));
    let cookies = cookies::raw().words().unwrap_or_default();
    for name in &newer(cookies.text(), before.text()) {
        seen.push((Place::Cookie, *name));
    }
    let mut findings = examine_wording(document);
    for finding in examine(config, &hostname(), record.get("services"), &seen) {
        findings.push(*finding);
    }
    let findings = findings.done();
    if host::window()
        .get(say("location"))
        .text(say("hash"))
        .are("#kelisim-audit")
    {
        list(findings);
    }
    let mut told = Pile::new();
    for finding in findings {
        let value = Members::default()
            .text("code", Words::of(finding.code))
            .text("about", finding.about)
            .text("sentence", Words::of(sentence(finding.code)));
        told.push(*value.done());
    }
    Value::of_items(told)
}

/// Lists the findings at the end of the page, in the place of those before.
fn list(findings: &[Finding]) {
    root().find(say(THE_LIST)).tell(say("remove"));
    let list = element(say("ol"));
    list.set_attribute(say("id"), Words::at(&LIST));
    for finding in findings {
        item(
            list,
            &[finding.code, ": ", &finding.about, ". ", sentence(finding.code)],
        );
    }
    if findings.is_empty() {
        item(list, &["Nothing was found that the configuration does not name."]);
    }
    document().get(say("body")).call(say("appendChild"), list);
}

/// A name that visitors have no number for.
fn say(name: &str) -> Object {
    Object::saying(name)
}

fn item(list: Object, words: &[&str]) {
    let item = element(say("li"));
    for words in words {
        item.call(say("appendChild"), text(say(words)));
    }
    list.call(say("appendChild"), item);
}
