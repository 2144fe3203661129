//! The list of receipts as a page of the demo, in Russian as its start page is. What was received stands in it as text.

use super::store::Kept;

/// The page without what was received.
const PAGE: &str = include_str!("page.html");
const CONTENT_MARKER: &str = "{{content}}";

/// Where nothing has come yet: how something will.
const NONE: &str = r#"<p class="none">Квитанций пока нет. Откройте <a href="/#sites">сайт</a>, в конфигурации которого есть <code>"receipts": "/receipts"</code>, ответьте на вопрос о cookie и обновите эту страницу.</p>"#;

const COLUMNS: [&str; 8] = [
    "Решено",
    "Сайт",
    "Как",
    "Разрешено",
    "Политика",
    "Уведомление",
    "Код",
    "Отзывает",
];

/// Digits of a notice's hash that are enough to tell two apart.
const SHOWN_OF_HASH: usize = 8;

/// The page with `kept` in their order.
pub(super) fn html(kept: &[Kept]) -> String {
    let content = if kept.is_empty() { NONE.to_owned() } else { table(kept) };
    PAGE.replace(CONTENT_MARKER, &content)
}

/// It scrolls by itself, also with the keys, so that a narrow page stays narrow.
fn table(kept: &[Kept]) -> String {
    let heads = COLUMNS.map(|head| format!("<th scope=\"col\">{head}</th>")).concat();
    let rows: String = kept.iter().map(row).collect();
    format!(
        "<div class=\"scrolled\" role=\"region\" aria-labelledby=\"receipts-caption\" tabindex=\"0\"><table>\
         <caption id=\"receipts-caption\">Получено: {}, новые сверху</caption>\
         <thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        kept.len()
    )
}

fn row(kept: &Kept) -> String {
    let decided = escaped(&kept.decided);
    let cells: String = [
        escaped(&kept.site),
        escaped(&kept.method),
        or_dash(Some(&kept.granted)),
        escaped(&kept.policy),
        notice(&kept.notice),
        or_dash(kept.code.as_deref()),
        or_dash(kept.withdraws.as_deref()),
    ]
    .map(|cell| format!("<td>{cell}</td>"))
    .concat();
    format!("<tr><th scope=\"row\"><time datetime=\"{decided}\">{decided}</time></th>{cells}</tr>")
}

/// The first digits; a pointer over them shows all.
fn notice(hash: &str) -> String {
    let shown: String = hash.chars().take(SHOWN_OF_HASH).collect();
    format!("<code title=\"{}\">{}…</code>", escaped(hash), escaped(&shown))
}

fn or_dash(text: Option<&str>) -> String {
    let text = text.filter(|text| !text.is_empty());
    text.map_or_else(|| "—".to_owned(), escaped)
}

/// Text for an element or for a quoted attribute. Braces too: the demo fills in what stands between two of them.
fn escaped(text: &str) -> String {
    let escape = |letter: char| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        '{' => "&#123;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{CONTENT_MARKER, escaped, html};

    #[test]
    fn an_empty_list_says_how_to_get_a_receipt() {
        let page = html(&[]);
        assert!(page.contains("Квитанций пока нет") && !page.contains("<table>"));
        assert!(!page.contains(CONTENT_MARKER));
    }

    #[test]
    fn nobody_gets_at_the_nonce_of_the_page() {
        assert_eq!(escaped("{{nonce}}"), "&#123;&#123;nonce}}");
    }
}
