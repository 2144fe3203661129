//! The token for the typeface: names of families, with commas between them.

use super::{LOADS_NOTHING, TokenText, token};
use crate::config::problem::{Code, Fault};

/// What stands in no quoted name: what would end it or the declaration, or make something else of it.
const FOREIGN: &str = r"\;{}@<>!*/()[],";

token! {
    /// Names of typefaces, with commas between them; one with other letters than Latin ones stands in quotes.
    Font: pattern(), check;
}

fn check(text: &str) -> Result<(), Fault> {
    text.parse::<TokenText>()?;
    if text.split(',').all(|family| is_family(family.trim_matches(' '))) {
        Ok(())
    } else {
        Err(Code::UnsafeToken.into())
    }
}

fn is_family(family: &str) -> bool {
    for quote in ['"', '\''] {
        if let Some(rest) = family.strip_prefix(quote) {
            let is_foreign = |letter: char| {
                letter == quote || FOREIGN.contains(letter) || (letter != ' ' && crate::config::text::is_unseen(letter))
            };
            let name = rest.strip_suffix(quote);
            return name.is_some_and(|name| !name.is_empty() && !name.contains(is_foreign));
        }
    }
    let mut words = family.split(' ').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_word)
}

/// Whether it is a name of CSS in Latin letters.
fn is_word(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
}

fn pattern() -> String {
    const WORD: &str = r"-?[A-Za-z_][A-Za-z0-9_\-]*";
    const FOREIGN: &str = r"\\;{}@<>!*/()\[\],\p{Cc}\p{Cf}\p{Z}";
    let quoted = |quote: char| format!("{quote}( |[^{quote}{FOREIGN}])+{quote}");
    let family = format!("({WORD}( +{WORD})*|{}|{})", quoted('"'), quoted('\''));
    format!("^{LOADS_NOTHING} *{family} *(, *{family} *)*$")
}

#[cfg(test)]
mod tests {
    use super::Font;
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    #[test]
    fn g_06_a_typeface_is_named_and_nothing_else() {
        let good = [
            "Inter",
            "\"PT Sans\", sans-serif",
            "\"PT Sans\", system-ui, sans-serif",
            "'PT Sans',serif",
            "PT Sans , -apple-system",
            "\"O'Neil & Sons 2.0\"",
            "\"Қазақ қарпі\", _x",
        ];
        let bad = [
            "",
            " ",
            "\"x",
            "x\"",
            "\"x' , y",
            "\"\"",
            "\"a\"b\"",
            "x !important",
            "x,",
            ",x",
            "x,,y",
            "2x",
            "Қазақ",
            "x\n",
            "\"x\n\"",
            "\"x\u{2028}\"",
            "\"x\u{202e}\"",
            "\"x\u{a0}y\"",
            "\"a\\\"",
            "\"a, b\"",
            "x/*",
            "\"x/*\"",
            "src(\"//evil\")",
            "cross-fade(a, b)",
            "element(#a)",
            "attr(x)",
            "var(--x)",
            "url",
            "\"</style>\"",
            "16px serif",
        ];
        holds::<Font>(&good, &bad, Code::UnsafeToken);
    }
}
