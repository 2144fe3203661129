//! Which tables a run comes to: the comparison under each conditions, its ratios, and the growth of Kelisim. They show every
//! number that there is, also where it speaks against Kelisim.

use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::readings::{Measure, Readings, ratio};
use super::rounds::{SCRIPTS, Tables};
use super::subjects::{Role, Subject};
use super::table::{Table, number};

/// Bytes of a kilobyte.
const KILOBYTE: f64 = 1024.0;

/// What is shown of a subject: how a column is called, what it takes, divided by what, with how many digits.
struct Column {
    name: String,
    measure: Measure,
    unit: f64,
    digits: usize,
}

impl Column {
    fn new(name: &str, measure: Measure, unit: f64, digits: usize) -> Column {
        Column {
            name: name.to_owned(),
            measure,
            unit,
            digits,
        }
    }
}

/// All tables that were asked for.
pub(super) fn all(readings: &Readings, subjects: &[&Subject], tables: Tables) -> Vec<Table> {
    let mut all = Vec::new();
    if tables.comparison {
        all.push(sizes(readings, subjects));
        all.push(comparison(readings, subjects, Conditions::Slow));
        all.push(comparison(readings, subjects, Conditions::Plain));
        all.extend(ratios(readings, subjects));
    }
    if tables.growth {
        all.extend(kelisim(subjects).map(|kelisim| growth(readings, kelisim)));
    }
    all
}

/// A number of a subject as the tables and the targets mean it: memory is what the page without a banner does not need.
pub(super) fn value(
    readings: &Readings,
    subjects: &[&Subject],
    subject: &Subject,
    conditions: Conditions,
    measure: Measure,
) -> Option<f64> {
    let value = readings.median(subject, conditions_of(conditions, measure), measure)?;
    if measure != Measure::Memory || subject.role == Role::Page {
        return Some(value);
    }
    let page = subjects.iter().find(|subject| subject.role == Role::Page)?;
    Some(value - readings.median(page, conditions, measure)?)
}

/// Accepting was not measured on a slow network, which plays no part in it.
fn conditions_of(conditions: Conditions, measure: Measure) -> Conditions {
    match (conditions, measure) {
        (Conditions::Slow, Measure::Accept(_)) => Conditions::SlowProcessor,
        _ => conditions,
    }
}

fn kelisim<'bench>(subjects: &[&'bench Subject]) -> Option<&'bench Subject> {
    subjects.iter().copied().find(|subject| subject.role == Role::Kelisim)
}

fn sizes(readings: &Readings, subjects: &[&Subject]) -> Table {
    let columns = [
        Column::new("brotli, bytes", Measure::Brotli, 1.0, 0),
        Column::new("gzip, bytes", Measure::Gzip, 1.0, 0),
        Column::new("requests", Measure::Requests, 1.0, 0),
    ];
    let with_banner: Vec<&Subject> = subjects
        .iter()
        .copied()
        .filter(|subject| subject.has_banner())
        .collect();
    let title = "What a first visit fetches, with what stands in the page itself".to_owned();
    table(title, readings, &with_banner, Conditions::Plain, &columns)
}

fn comparison(readings: &Readings, subjects: &[&Subject], conditions: Conditions) -> Table {
    let title = format!("Milliseconds, medians, {}", conditions.name());
    table(title, readings, subjects, conditions, &timings())
}

fn timings() -> Vec<Column> {
    let mut columns = vec![
        Column::new("first paint", Measure::FirstPaint, 1.0, 0),
        Column::new("first layer", Measure::Layer, 1.0, 0),
        Column::new("script", Measure::Script, 1.0, 1),
        Column::new("tasks", Measure::Task, 1.0, 0),
        Column::new("layout shift", Measure::Shift, 1.0, 3),
        Column::new("memory, KB", Measure::Memory, KILOBYTE, 0),
    ];
    columns.extend(SCRIPTS.map(|scripts| Column::new(&format!("Accept, {scripts}"), Measure::Accept(scripts), 1.0, 0)));
    columns.push(Column::new("return", Measure::Return, 1.0, 0));
    columns
}

fn table(
    title: String,
    readings: &Readings,
    subjects: &[&Subject],
    conditions: Conditions,
    columns: &[Column],
) -> Table {
    let cell = |subject: &Subject, column: &Column| {
        let value = value(readings, subjects, subject, conditions, column.measure);
        number(value.map(|value| value / column.unit), column.digits)
    };
    let row = |subject: &Subject| {
        let cells = columns.iter().map(|column| cell(subject, column));
        std::iter::once(subject.name.clone()).chain(cells).collect()
    };
    Table {
        title,
        head: std::iter::once(String::new())
            .chain(columns.iter().map(|column| column.name.clone()))
            .collect(),
        rows: subjects.iter().map(|subject| row(subject)).collect(),
    }
}

/// How many times as much Kelisim needs as each other, on the slow conditions.
fn ratios(readings: &Readings, subjects: &[&Subject]) -> Option<Table> {
    let kelisim = kelisim(subjects)?;
    let others: Vec<&Subject> = subjects
        .iter()
        .copied()
        .filter(|other| other.role != Role::Kelisim)
        .collect();
    let mut columns = vec![Column::new("brotli", Measure::Brotli, 1.0, 0)];
    columns.extend(timings());
    let cell = |other: &Subject, column: &Column| {
        let ours = value(readings, subjects, kelisim, Conditions::Slow, column.measure)?;
        ratio(
            ours,
            value(readings, subjects, other, Conditions::Slow, column.measure)?,
        )
    };
    // Kelisim needs more memory than a page that is the measure of none.
    let is_shown = |other: &Subject, column: &Column| other.has_banner() || column.measure == Measure::FirstPaint;
    let row = |other: &Subject| {
        let cells = columns
            .iter()
            .map(|column| number(cell(other, column).filter(|_| is_shown(other, column)), 2));
        std::iter::once(other.name.clone()).chain(cells).collect()
    };
    Some(Table {
        title: format!(
            "Kelisim against each, {}: below 1.00 it needs less",
            Conditions::Slow.name()
        ),
        head: std::iter::once(String::new())
            .chain(columns.iter().map(|column| column.name.clone()))
            .collect(),
        rows: others.into_iter().map(row).collect(),
    })
}

fn growth(readings: &Readings, kelisim: &Subject) -> Table {
    let median = |growth, aspect| readings.median(kelisim, Growth::CONDITIONS, Measure::Grown(growth, aspect));
    let row = |growth: Growth| {
        vec![
            growth.name(),
            number(median(growth, Aspect::Layer), 0),
            number(median(growth, Aspect::Script), 1),
            number(median(growth, Aspect::Task), 0),
            number(median(growth, Aspect::Accept), 0),
        ]
    };
    Table {
        title: format!(
            "How Kelisim grows, milliseconds, medians, {}",
            Growth::CONDITIONS.name()
        ),
        head: ["", "first layer", "script", "tasks", "Accept to the last element"]
            .map(str::to_owned)
            .to_vec(),
        rows: Growth::ALL.into_iter().map(row).collect(),
    }
}
