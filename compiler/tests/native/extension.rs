//! A vendor is one file, a language is one file (requirement K-04): each is added to a copy of the house here, and
//! everything that follows from the folders follows.

use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::compile::compile;
use kelisim_compiler::config::Config;
use kelisim_compiler::config::messages::messages;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::schema::schema;
use serde_json::{Value, json};

use crate::cases::changed;
use crate::house::json_files;

/// The house with one more vendor and one more language.
fn extended() -> (Catalogue, Languages) {
    let mut vendors = json_files("src/catalogue");
    vendors.push((
        "example-counter".to_owned(),
        json!({
            "id": "example-counter", "name": "Example Counter", "category": "analytics",
            "recipient": "Example Counter LLP", "country": "GB",
            "purpose": {"kk": "Келушілерді санайды.", "ru": "Считает посетителей.", "en": "Counts visitors."},
            "data": ["ip", "pages"], "storage": [], "policy": "https://counter.example/privacy",
            "hosts": ["counter.example"], "csp": {"script": ["counter.example"]},
            "parameters": {"account": {
                "type": "string", "description": "The account, from the page of your counter.", "examples": ["abc-1"],
            }},
            "start": [{"load": "https://counter.example/{account}.js"}], "stop": [],
        })
        .to_string(),
    ));
    let mut languages = json_files("src/languages");
    // French, in the words of English: what matters here is that it is one file.
    let english = languages.iter().find(|(tag, _)| tag == "en").unwrap().1.clone();
    let mut french: Value = serde_json::from_str(&english).unwrap();
    french["texts"]["languageName"] = json!("Français");
    french["texts"]["accept"] = json!("Tout accepter");
    languages.push(("fr".to_owned(), french.to_string()));
    let vendors = vendors.into_iter().map(|(id, text)| (format!("{id}.json"), text));
    (
        Catalogue::from_files(vendors).unwrap(),
        Languages::from_files(languages).unwrap(),
    )
}

/// K-04: the new vendor and the new language are checked, explained, compiled and in the schema.
#[test]
fn k_04_a_vendor_and_a_language_are_one_file_each() {
    let (catalogue, languages) = extended();
    let mut document = changed(&json!({
        "services": [{"use": "example-counter", "account": "abc-1"}],
        "languages": ["ru", "kk", "fr"],
        "categories": [{"id": "analytics"}],
        "googleConsentMode": null,
    }));
    let config = Config::read(&document, &catalogue, &languages).unwrap();
    let compiled = compile(&config, &catalogue, &languages).unwrap();
    let french = &compiled.site.languages[2];
    assert_eq!(french.tag, "fr");
    assert!(french.first_layer.contains("Tout accepter") && french.first_layer.contains("Example Counter LLP"));
    assert!(
        serde_json::to_string(&compiled.site.services)
            .unwrap()
            .contains("https://counter.example/abc-1.js")
    );

    document["services"][0] = json!({"use": "example-counter"});
    document["languages"] = json!(["ru", "kk", "frr"]);
    let problems = Config::read(&document, &catalogue, &languages).unwrap_err();
    let explained = problems
        .iter()
        .map(|problem| messages("en").explain(problem, &languages));
    let mends: Vec<String> = explained.map(|problem| problem.mend).collect();
    assert!(mends.iter().any(|mend| mend.contains("`fr`")), "{mends:#?}");
    assert!(
        mends.iter().any(|mend| mend.contains("from the page of your counter")),
        "{mends:#?}"
    );

    let schema = schema(&catalogue, &languages).to_string();
    assert!(schema.contains("example-counter") && schema.contains("from the page of your counter"));
    assert!(schema.contains("\"fr\""));
}
