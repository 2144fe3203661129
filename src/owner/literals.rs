//! JavaScript literals, and the places in a script that they go to: for the build, and for `kelisim-pack`.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A JSON value is a JavaScript literal as it is, except for what would end or hide a script that is pasted into a page.
pub fn of_json(value: &Value) -> String {
    // Neither can stand in JSON outside a string.
    value
        .to_string()
        .replace("</script", "<\\/script")
        .replace("<!--", "\\u003c!--")
}

/// Puts each literal in the one place of its identifier.
///
/// # Errors
///
/// When an identifier has no place, or two, at which its literal would be shipped twice.
pub fn put(code: &str, literals: &[(&str, String)]) -> Result<String> {
    let mut places = Vec::new();
    for (identifier, literal) in literals {
        let mut found = code.match_indices(identifier);
        let (start, _) = found
            .next()
            .with_context(|| format!("the script does not use {identifier}"))?;
        if found.next().is_some() {
            bail!("the script uses {identifier} twice, so its literal would be shipped twice: keep it in a constant");
        }
        places.push((start, identifier.len(), literal));
    }
    places.sort_by_key(|(start, ..)| *start);

    let mut script = String::new();
    let mut rest = 0;
    for (start, length, literal) in places {
        script.push_str(code.get(rest..start).unwrap_or_default());
        script.push_str(literal);
        rest = start + length;
    }
    script.push_str(code.get(rest..).unwrap_or_default());
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn each_literal_takes_the_place_of_its_identifier() -> anyhow::Result<()> {
        let literals = [("__A__", "\"__B__\"".to_owned()), ("__B__", "[1]".to_owned())];
        assert_eq!(put("f(__B__,__A__);", &literals)?, "f([1],\"__B__\");");
        Ok(())
    }

    #[test]
    fn an_identifier_that_is_unused_or_used_twice_fails() {
        let literals = [("__A__", "1".to_owned())];
        assert!(put("f()", &literals).is_err());
        assert!(put("f(__A__,__A__)", &literals).is_err());
    }
}
