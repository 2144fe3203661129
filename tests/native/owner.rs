//! The notice as the script of today is bound to it, and what its check knows of domains.

use std::fmt::Write as _;

use kelisim::core::notice::hash::sha256;
use kelisim::core::update::{Act, Event};
use kelisim::owner::check::check;
use kelisim::owner::notice::{Extent, notice};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::site::{Visit, alone, config, rasco, texts};

/// the bytes of a notice are those that a record is bound to, in every language.
#[test]
fn r_02_the_printed_notice_is_what_the_record_is_bound_to() {
    for language in ["ru", "kk", "en"] {
        let printed = notice(&config(&rasco()), Some(language), Extent::Whole).unwrap();
        let mut visit = Visit::first(&rasco()).shown();
        visit.send(Event::Language(texts(language)));
        visit.act(Act::Reject);
        let independent = Sha256::digest(printed).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        assert_eq!(visit.record().text("notice"), independent, "{language}");
        for placeholder in ["{date}", "{code}"] {
            assert!(printed.contains(placeholder), "{placeholder} is not filled in");
        }
        assert!(!printed.contains('\r') && printed.ends_with('\n'));
    }
    let default = notice(&config(&rasco()), None, Extent::Whole).unwrap();
    assert_eq!(default, notice(&config(&rasco()), Some("ru"), Extent::Whole).unwrap());
    let error = notice(&config(&rasco()), Some("de"), Extent::Whole)
        .unwrap_err()
        .to_string();
    assert!(error.contains("ru, kk, en"), "{error}");
}

/// a refusal that was quicker than the words of the settings is bound to the first layer; how quick it was is all that can tell two of them apart.
#[test]
fn r_02_r_03_a_quick_refusal_is_bound_to_the_first_layer() {
    for language in ["ru", "kk", "en"] {
        let hash = |extent| sha256(notice(&config(&rasco()), Some(language), extent).unwrap());
        let refused = |words| {
            let mut visit = Visit::opening(&rasco(), |opening| opening.texts = words).shown();
            visit.act(Act::Reject);
            visit.record().text("notice")
        };
        let quick = refused(alone(language));
        assert_eq!(quick, hash(Extent::FirstLayer), "{language}");
        assert_eq!(refused(texts(language)), hash(Extent::Whole), "{language}");
        assert_ne!(quick, hash(Extent::Whole), "{language}");
    }
}

/// B-04: the notice says where the choice holds.
#[test]
fn b_04_the_notice_names_the_hosts() {
    let mut alone = rasco();
    alone.as_object_mut().unwrap().remove("scope");
    for (language, shared) in [("ru", "rasco.kz и поддомены"), ("kk", "rasco.kz және ішкі домендері")]
    {
        let printed = |site: &serde_json::Value| notice(&config(site), Some(language), Extent::Whole).unwrap();
        assert!(printed(&rasco()).contains(shared), "{language}");
        assert!(
            !printed(&alone).contains(shared) && printed(&alone).contains("{host}"),
            "{language}"
        );
    }
}

/// B-04: a scope under which strangers register is a problem, of the whole list of public suffixes.
#[test]
fn b_04_a_public_suffix_is_no_scope() {
    for (scope, problems) in [
        ("com.kz", 1),
        ("github.io", 1),
        ("co.jp", 1),
        ("rasco.kz", 0),
        ("shop.rasco.kz", 0),
    ] {
        let mut site = rasco();
        site["scope"] = json!(scope);
        let found = check(&site.to_string()).unwrap();
        let named = found
            .iter()
            .filter(|finding| finding.path == "scope" && finding.code == "invalidScope");
        assert_eq!(named.count(), problems, "{scope}: {found:#?}");
    }
}
