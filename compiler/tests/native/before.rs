//! The compiler against the code that ships today: as long as visitors get the script of today, a record is bound to the
//! notice that it hashes, so the compiler has to tell the very same notice. Goes with that script.

use kelisim::core::value::{Value as OldValue, keep};
use kelisim::owner::check::configuration;
use kelisim::owner::notice::{Extent, notice as old_notice};
use kelisim_compiler::compile;
use kelisim_compiler::notice::text::notice_text;
use serde_json::Value;

use crate::house::{CATALOGUE, LANGUAGES, document, json_files, read, sites};

/// What differs on purpose: of a service that says nothing of its data, as one may under the GDPR alone, no empty row is
/// shown any more; a country has a name, where today's script knows ten; and a vendor's number may be its digits.
const OTHERWISE: [&str; 6] = [
    "own-services-of-every-kind",
    "every-vendor",
    "eu-shop-under-gdpr-only",
    "every-country",
    "free-words-in-one-language",
    "number-of-a-vendor-as-text",
];

fn old(config: &Value, language: &str, extent: Extent) -> String {
    let document = OldValue::from(config.clone()).keep();
    let config = configuration(document).unwrap().unwrap();
    let language = keep(language.to_owned());
    old_notice(&config, Some(language.text()), extent).unwrap().to_owned()
}

/// The first line in which they differ is named.
fn assert_same(new: &str, old: &str, what: &str) {
    let mut lines = new.lines().zip(old.lines());
    assert_eq!(lines.find(|(new, old)| new != old), None, "{what}");
    assert_eq!(new, old, "{what}");
}

/// the notice and the first layer are, byte for byte, those that today's script binds a record to.
#[test]
fn r_02_the_notice_is_that_of_todays_script() {
    let good = json_files("tests/corpus/good").into_iter();
    let good = good.map(|(name, text)| (name, document(&text).unwrap()));
    let mut count = 0;
    for (name, document) in good
        .chain(sites())
        .filter(|(name, _)| !OTHERWISE.contains(&name.as_str()))
    {
        let config = read(&document).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        // Where nothing is asked there is no first layer to tell, and no record to bind.
        if config.offered_categories().is_empty() {
            continue;
        }
        for language in &config.languages {
            let new = compile::notice(&config, &CATALOGUE, &LANGUAGES, language)
                .unwrap()
                .unwrap();
            assert_same(
                &new,
                &old(&document, language, Extent::Whole),
                &format!("{name} {language}"),
            );
            count += 1;
        }
        let compiled = compile::compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
        for language in &compiled.site.languages {
            let new = notice_text(&[&language.first_layer]);
            assert_same(
                &new,
                &old(&document, &language.tag, Extent::FirstLayer),
                &format!("{name} {}", language.tag),
            );
        }
    }
    assert!(count > 40, "{count}");
}
