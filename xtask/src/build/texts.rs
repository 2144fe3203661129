//! Makes of each language file what travels to the visitor: the words of the first layer inside the script, and in
//! `locales/` all words with the template and the styles of the settings. Words stand in the order of
//! [`kelisim::core::notice::texts::KEYS`].

use anyhow::{Result, bail};
use kelisim::core::notice::texts::{KEYS, LAYER, SETTINGS, Text, name_alone, packed};
use serde_json::{Map, Value, json};

const DIRECTORY: &str = "src/core/locales";

/// The languages that travel inside the script, the first of the house first. Of the others it has the names, and whoever
/// reads them fetches them from `locales/`.
const COMPILED_IN: &[&str] = &["kk", "ru", "en"];

/// Every language with its texts in the order in which they travel.
pub(super) fn languages() -> Result<Vec<(String, Value)>> {
    let mut languages = Vec::new();
    for (language, written) in super::json_files(DIRECTORY)? {
        let texts = in_order(&format!("{DIRECTORY}/{language}.json"), &written)?;
        languages.push((language, texts));
    }
    Ok(languages)
}

/// The languages as one object: language to what the script has of it.
pub(super) fn compiled_in(languages: &[(String, Value)]) -> Result<Value> {
    let mut object = Map::new();
    for name in COMPILED_IN {
        let Some((language, texts)) = languages.iter().find(|(language, _)| language == name) else {
            bail!("{DIRECTORY}/{name}.json is missing, and this language travels inside the script");
        };
        object.insert(language.clone(), of_the_first_layer(texts));
    }
    for (language, texts) in languages {
        if !object.contains_key(language) {
            object.insert(language.clone(), name_alone(texts));
        }
    }
    Ok(Value::Object(object))
}

/// The texts that the first layer speaks with.
pub(super) fn of_the_first_layer(texts: &Value) -> Value {
    texts
        .as_array()
        .into_iter()
        .flatten()
        .take(Text::FIRST_LAYER)
        .cloned()
        .collect()
}

/// The template of the first layer as it travels: between its elements nothing is said.
pub(super) fn layer() -> String {
    LAYER.replace('\n', "")
}

/// A file of `locales/`: what the settings need in one language.
pub(super) fn file(texts: &Value, styles: &str) -> String {
    json!({"texts": texts, "settings": SETTINGS.replace('\n', ""), "styles": styles}).to_string()
}

/// The texts of a language file in the order of their keys. Every missing, unknown or ill-formed one is named at once.
fn in_order(file: &str, written: &Value) -> Result<Value> {
    let mut problems: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    for (key, text) in KEYS.split_terminator('|').zip(Text::ALL) {
        match packed(*text, written) {
            Some(words) => texts.push(Value::String(words)),
            None if written.get(key).is_none() => problems.push(format!("{key}: missing")),
            None => problems.push(format!(
                "{key}: not a text, or not a table of words without | for exactly its codes"
            )),
        }
    }
    let keys = written.as_object().into_iter().flat_map(Map::keys);
    let unknown = keys.filter(|key| !KEYS.split_terminator('|').any(|known| known == key.as_str()));
    problems.extend(unknown.map(|key| format!("{key}: unknown")));
    if !problems.is_empty() {
        bail!(
            "{file} does not say what Kelisim says (src/core/notice/texts.rs):\n  {}",
            problems.join("\n  ")
        );
    }
    Ok(Value::Array(texts))
}

#[cfg(test)]
mod tests {
    use super::{COMPILED_IN, DIRECTORY, compiled_in, in_order, languages};
    use kelisim::core::notice::texts::Text;
    use serde_json::json;

    /// L-01: the script has of each language that there is its name where the module looks for it, and of the house's own
    /// more than that.
    #[test]
    fn l_01_the_script_knows_every_language_by_its_name() -> anyhow::Result<()> {
        let languages = languages()?;
        let compiled_in = compiled_in(&languages)?;
        for (language, texts) in &languages {
            let name = Text::LanguageName as usize;
            let known = compiled_in.get(language).and_then(|known| known.as_array());
            let known = known.ok_or_else(|| anyhow::anyhow!("nothing of {language}"))?;
            assert_eq!(known.get(name), texts.get(name), "{language}");
            let speaks = known.len() != Text::NAMED;
            assert_eq!(speaks, COMPILED_IN.contains(&language.as_str()), "{language}");
        }
        Ok(())
    }

    #[test]
    fn l_01_texts_travel_in_the_order_of_the_keys() -> anyhow::Result<()> {
        let written = super::super::read_json(&format!("{DIRECTORY}/en.json"))?;
        let texts = in_order("en.json", &written)?;
        let texts: Vec<&str> = texts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|text| text.as_str())
            .collect();
        assert_eq!(texts.get(..2), Some(&["ltr", "English"][..]));
        let countries = texts.iter().find(|text| text.starts_with("Ireland|"));
        assert!(
            countries.is_some_and(|words| words.ends_with("|Germany|Malta|Estonia")),
            "{countries:?}"
        );
        Ok(())
    }

    #[test]
    fn l_01_missing_and_unknown_keys_are_named_together() -> anyhow::Result<()> {
        let mut written = super::super::read_json(&format!("{DIRECTORY}/en.json"))?;
        let texts = written.as_object_mut().ok_or_else(|| anyhow::anyhow!("an object"))?;
        texts.remove("title");
        texts.insert("titel".to_owned(), json!("Cookies"));
        texts.insert("accept".to_owned(), json!(1));
        texts.insert("countries".to_owned(), json!({"RU": "Russia"}));
        texts.insert("data".to_owned(), json!({"ip": "a|b"}));
        let error = in_order("en.json", &written).unwrap_err().to_string();
        for problem in [
            "title: missing",
            "titel: unknown",
            "accept: not a text",
            "countries: not a text",
            "data: not",
        ] {
            assert!(error.contains(problem), "{problem} in {error}");
        }
        Ok(())
    }
}
