//! Lays rows of words out as a table, for a terminal and in Markdown. It knows nothing of what stands in them.

use std::fmt::Write as _;

/// A table with a title.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// With columns of one width, the first to the left and the others to the right.
    pub(super) fn text(&self) -> String {
        let widths = self.widths();
        let mut text = format!("{}\n\n", self.title);
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells = row.iter().zip(&widths).enumerate();
            let cells: Vec<String> = cells
                .map(|(place, (cell, width))| padded(cell, *width, place == 0))
                .collect();
            let _ = writeln!(text, "{}", cells.join("  ").trim_end());
        }
        text
    }

    /// In Markdown, numbers to the right.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("**{}**\n\n{}", self.title, line(&self.head));
        text.push_str("|---|");
        text.push_str(&"--:|".repeat(self.head.len().saturating_sub(1)));
        text.push('\n');
        for row in &self.rows {
            text.push_str(&line(row));
        }
        text
    }

    fn widths(&self) -> Vec<usize> {
        let rows = || std::iter::once(&self.head).chain(&self.rows);
        let width = |place| {
            rows()
                .filter_map(|row| row.get(place))
                .map(|cell: &String| cell.chars().count())
                .max()
        };
        (0..self.head.len())
            .map(|place| width(place).unwrap_or_default())
            .collect()
    }
}

fn padded(cell: &str, width: usize, is_first: bool) -> String {
    if is_first {
        format!("{cell:<width$}")
    } else {
        format!("{cell:>width$}")
    }
}

/// A number with this many digits after the point, and a dash where there is none. An infinite one is a visit that did not
/// come to its end.
pub(super) fn number(value: Option<f64>, digits: usize) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value.is_infinite() => "gave up".to_owned(),
        Some(value) => format!("{value:.digits$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, number};

    fn table() -> Table {
        Table {
            title: "Weights".to_owned(),
            head: vec!["file".to_owned(), "bytes".to_owned()],
            rows: vec![vec!["стили".to_owned(), "7".to_owned()]],
        }
    }

    #[test]
    fn a_table_is_laid_out_in_columns() {
        assert_eq!(table().text(), "Weights\n\nfile   bytes\nстили      7\n");
    }

    #[test]
    fn a_table_is_written_in_markdown() {
        assert_eq!(
            table().markdown(),
            "**Weights**\n\n| file | bytes |\n|---|--:|\n| стили | 7 |\n"
        );
    }

    #[test]
    fn what_was_not_measured_is_a_dash() {
        assert_eq!(number(None, 1), "–");
        assert_eq!(number(Some(f64::INFINITY), 1), "gave up");
        assert_eq!(number(Some(0.25), 1), "0.2");
    }
}
