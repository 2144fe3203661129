//! What becomes of the good files by a slip of the hand or two, for properties that hold for all of it.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::house::{document, json_files};

/// A slip: what becomes of one value of a document.
#[derive(Clone, Debug)]
enum Slip {
    Deleted,
    /// Its key is this one.
    Renamed(&'static str),
    Replaced(Value),
}

fn slips() -> impl Strategy<Value = Slip> {
    let keys = "id use name category counter purpose kk ru en kz src country storage in law bin iin defaultOn Name \
        operatr url necessary $note analytics texts accent layout position direction months";
    let values = json!([
        null, true, false, 0, 1, -1, 179, 180, 1095, 1096, 180.5, 1e17, "", " ", "x", "kk", "analytics", "necessary",
        "KZ", "kz", "ip", "991240000003", "/x", "//x", "http://x", "HTTPS://x", "a@b", "session", "30d", "_x", "/_x/",
        "gdpr", "yandex-metrika", "google-analytics", "#fff", "bottom", "box", "12345678", [], {}, [""], [null], ["ru"],
        ["kk", "ru"], ["gdpr"], ["KZ"], {"kk": "а"}, {"kk": "а", "ru": "б"}, {"kk": "", "ru": "б"}, {"kk": null},
        {"id": "analytics"}, [{}], "UK", "EU", "1234567890123456789", "012", 9_007_199_254_740_993_u64, "red",
        "var(--x)", "url(x)", "bar", "top", "bottom-end", {"layout": "box"}, {"layout": "box", "position": "top"}
    ]);
    let Value::Array(values) = values else { unreachable!() };
    prop_oneof![
        1 => Just(Slip::Deleted),
        1 => select(keys.split_whitespace().collect::<Vec<_>>()).prop_map(Slip::Renamed),
        4 => select(values).prop_map(Slip::Replaced),
    ]
}

/// The paths to everything in a document, as JSON pointers.
pub(crate) fn places(document: &Value) -> Vec<String> {
    let mut all = Vec::new();
    places_below(document, "", &mut all);
    all
}

fn places_below(value: &Value, here: &str, places: &mut Vec<String>) {
    places.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places_below(item, &format!("{here}/{index}"), places);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                places_below(member, &format!("{here}/{key}"), places);
            }
        }
        _ => {}
    }
}

/// Lets a slip happen somewhere in a document.
fn let_slip(document: &mut Value, place: Index, slip: &Slip) {
    let all = places(document);
    let path = place.get(&all);
    if let Slip::Replaced(value) = slip {
        *document.pointer_mut(path).unwrap() = value.clone();
        return;
    }
    let Some((owner, key)) = path.rsplit_once('/') else {
        return;
    };
    match document.pointer_mut(owner).unwrap() {
        Value::Array(items) => {
            items.remove(key.parse().unwrap());
        }
        Value::Object(members) => {
            let value = members
                .shift_remove(&key.replace("~1", "/").replace("~0", "~"))
                .unwrap();
            if let Slip::Renamed(key) = slip {
                members.insert((*key).to_owned(), value);
            }
        }
        _ => unreachable!(),
    }
}

/// The good files after one slip or two.
pub(crate) fn slipped() -> impl Strategy<Value = Value> {
    let files = json_files("tests/corpus/good");
    let good: Vec<Value> = files.iter().map(|(_, text)| document(text).unwrap()).collect();
    let slips = proptest::collection::vec((any::<Index>(), slips()), 1..3);
    (select(good), slips).prop_map(|(mut document, slips)| {
        for (place, slip) in slips {
            let_slip(&mut document, place, &slip);
        }
        document
    })
}
