//! Makes of each language file the array that travels to the visitor, in the order of
//! [`kelisim::core::notice::texts::KEYS`].

use anyhow::{Result, bail};
use kelisim::core::notice::texts::KEYS;
use serde_json::{Map, Value};

const DIRECTORY: &str = "src/core/locales";

/// The languages that travel inside the script, the first of the house first. Others are fetched from `locales/`.
const COMPILED_IN: &[&str] = &["kk", "ru", "en"];

/// Every language with its texts in the order in which they travel.
pub(super) fn languages() -> Result<Vec<(String, Value)>> {
    let mut languages = Vec::new();
    for (language, written) in super::json_files(DIRECTORY)? {
        let keys: Vec<&str> = KEYS.split_terminator('|').collect();
        let texts = in_order(&format!("{DIRECTORY}/{language}.json"), &written, &keys)?;
        languages.push((language, texts));
    }
    Ok(languages)
}

/// The compiled-in languages as one object: language to texts.
pub(super) fn compiled_in(languages: &[(String, Value)]) -> Result<Value> {
    let mut object = Map::new();
    for name in COMPILED_IN {
        let Some((language, texts)) = languages.iter().find(|(language, _)| language == name) else {
            bail!("{DIRECTORY}/{name}.json is missing, and this language travels inside the script");
        };
        object.insert(language.clone(), texts.clone());
    }
    Ok(Value::Object(object))
}

/// The texts of a language file in the order of `keys`. Every missing, unknown or ill-formed one is named at once.
fn in_order(file: &str, written: &Value, keys: &[&str]) -> Result<Value> {
    let empty = Map::new();
    let written = written.as_object().unwrap_or(&empty);
    let mut problems: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    for key in keys {
        match written.get(*key).map(travelling) {
            Some(Some(text)) => texts.push(Value::String(text)),
            Some(None) => problems.push(format!("{key}: not a text, and not a table of texts without | and =")),
            None => problems.push(format!("{key}: missing")),
        }
    }
    let unknown = written.keys().filter(|key| !keys.contains(&key.as_str()));
    problems.extend(unknown.map(|key| format!("{key}: unknown")));
    if !problems.is_empty() {
        bail!(
            "{file} does not say what Kelisim says (src/core/notice/texts.rs):\n  {}",
            problems.join("\n  ")
        );
    }
    Ok(Value::Array(texts))
}

/// A text as it is; a table of words as one text, `code=words|code=words`, which costs the reader no parser.
fn travelling(value: &Value) -> Option<String> {
    if let Value::Object(table) = value {
        let rows: Option<Vec<String>> = table.iter().map(|(code, words)| row(code, words.as_str()?)).collect();
        return rows.map(|rows| rows.join("|"));
    }
    value.as_str().map(str::to_owned)
}

fn row(code: &str, words: &str) -> Option<String> {
    let separates = |text: &str| text.contains(['|', '=']);
    (!separates(code) && !separates(words)).then(|| format!("{code}={words}"))
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use serde_json::json;

    const KEYS: &[&str] = &["title", "countries", "accept"];

    #[test]
    fn l_01_texts_travel_in_the_order_of_the_keys() -> anyhow::Result<()> {
        let written = json!({"accept": "Yes", "title": "Cookies", "countries": {"RU": "Russia", "US": "the USA"}});
        let texts = in_order("en.json", &written, KEYS)?;
        assert_eq!(texts, json!(["Cookies", "RU=Russia|US=the USA", "Yes"]));
        Ok(())
    }

    #[test]
    fn l_01_missing_and_unknown_keys_are_named_together() {
        let written = json!({"accept": 1, "titel": "Cookies", "countries": {"RU": "a=b"}});
        let error = in_order("en.json", &written, KEYS).unwrap_err().to_string();
        for problem in [
            "title: missing",
            "titel: unknown",
            "accept: not a text",
            "countries: not a text",
        ] {
            assert!(error.contains(problem), "{problem} in {error}");
        }
    }
}
