//! Which tables a run comes to: the comparison under each conditions, its ratios, and the growth of Kelisim. They show every
//! number that there is, also where it speaks against Kelisim.

use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::readings::{Measure, Ratio, Readings, median};
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
        all.extend(ratios(readings, subjects, Conditions::Slow));
        all.extend(ratios(readings, subjects, Conditions::Plain));
    }
    if tables.growth {
        all.extend(kelisim(subjects).map(|kelisim| growth(readings, kelisim)));
    }
    all
}

/// The numbers of a subject as the tables and the targets mean them, one for each turn: memory is what the page without a
/// banner does not need.
pub(super) fn values(
    readings: &Readings,
    subjects: &[&Subject],
    subject: &Subject,
    conditions: Conditions,
    measure: Measure,
) -> Vec<f64> {
    let values = readings.values(subject, conditions_of(conditions, measure), measure);
    if measure != Measure::Memory {
        return values.to_vec();
    }
    let page = subjects.iter().find(|other| other.role == Role::Page);
    let page = page.filter(|page| page.id != subject.id);
    let alone = page.map_or(&[][..], |page| readings.values(page, conditions, measure));
    values.iter().zip(alone).map(|(value, alone)| value - alone).collect()
}

/// Accepting was not measured on a slow network, which plays no part in it.
fn conditions_of(conditions: Conditions, measure: Measure) -> Conditions {
    match (conditions, measure) {
        (Conditions::Slow, Measure::Accept(_)) => Conditions::SlowProcessor,
        _ => conditions,
    }
}

/// Conditions as a title has them: with what was not measured under all of them.
pub(super) fn described(conditions: Conditions) -> String {
    match conditions {
        Conditions::Slow => format!("{} (Accept: {})", conditions.name(), Conditions::SlowProcessor.name()),
        _ => conditions.name().to_owned(),
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
    let title = format!("Milliseconds, medians, {}", described(conditions));
    table(title, readings, subjects, conditions, &timings())
}

fn timings() -> Vec<Column> {
    let mut columns = vec![
        Column::new("first paint", Measure::FirstPaint, 1.0, 0),
        Column::new("first layer", Measure::Layer, 1.0, 0),
        Column::new("script", Measure::Script, 1.0, 1),
        Column::new("tasks", Measure::Task, 1.0, 0),
        Column::new("layout shift", Measure::Shift, 1.0, 3),
        Column::new("memory above no banner, KB", Measure::Memory, KILOBYTE, 0),
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
        let value = median(&values(readings, subjects, subject, conditions, column.measure));
        number(value.map(|value| value / column.unit), column.digits)
    };
    laid_out(title, subjects, columns, cell)
}

/// A row for each subject, with a cell in each column.
fn laid_out(
    title: String,
    subjects: &[&Subject],
    columns: &[Column],
    cell: impl Fn(&Subject, &Column) -> String,
) -> Table {
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

/// How many times as much Kelisim needs as each other, where both were measured.
pub(super) fn ratios_to_each<'bench>(
    readings: &Readings,
    subjects: &[&'bench Subject],
) -> Vec<(&'bench Subject, Conditions, Measure, Ratio)> {
    let mut all = Vec::new();
    for conditions in [Conditions::Slow, Conditions::Plain] {
        for other in others(subjects) {
            for column in compared() {
                let ratio = ratio_to(readings, subjects, other, conditions, column.measure);
                all.extend(ratio.map(|ratio| (other, conditions, column.measure, ratio)));
            }
        }
    }
    all
}

fn others<'bench>(subjects: &[&'bench Subject]) -> Vec<&'bench Subject> {
    let mut others = subjects.to_vec();
    others.retain(|other| other.role != Role::Kelisim);
    others
}

fn compared() -> Vec<Column> {
    let mut columns = vec![Column::new("brotli", Measure::Brotli, 1.0, 0)];
    columns.extend(timings());
    columns
}

fn ratio_to(
    readings: &Readings,
    subjects: &[&Subject],
    other: &Subject,
    conditions: Conditions,
    measure: Measure,
) -> Option<Ratio> {
    // A page that is the measure of none is only compared in what it shows first.
    if !other.has_banner() && measure != Measure::FirstPaint {
        return None;
    }
    let of = |subject| values(readings, subjects, subject, conditions, measure);
    Ratio::of(&of(kelisim(subjects)?), &of(other))
}

fn ratios(readings: &Readings, subjects: &[&Subject], conditions: Conditions) -> Option<Table> {
    kelisim(subjects)?;
    let title = format!(
        "Kelisim against each, medians of the ratios in each turn, {}: below 1.00 it needs less",
        described(conditions)
    );
    let cell = |other: &Subject, column: &Column| {
        let ratio = ratio_to(readings, subjects, other, conditions, column.measure);
        number(ratio.map(|ratio| ratio.middle), 2)
    };
    Some(laid_out(title, &others(subjects), &compared(), cell))
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

#[cfg(test)]
mod tests {
    use super::{ratios_to_each, values};
    use crate::bench::conditions::Conditions;
    use crate::bench::readings::{Measure, Readings, median};
    use crate::bench::subjects::{Role, Subject};

    fn read(subjects: &[Subject], measure: Measure, conditions: Conditions, values: [f64; 3]) -> Readings {
        let mut readings = Readings::default();
        for (subject, value) in subjects.iter().zip(values) {
            readings.add(subject, conditions, measure, value);
        }
        readings
    }

    fn subjects() -> Vec<Subject> {
        [("kelisim", Role::Kelisim), ("klaro", Role::Peer), ("none", Role::Page)]
            .map(|(id, role)| Subject::named(id, role))
            .into()
    }

    #[test]
    fn memory_is_what_the_page_alone_does_not_need() {
        let subjects = subjects();
        let all: Vec<&Subject> = subjects.iter().collect();
        let readings = read(&subjects, Measure::Memory, Conditions::Slow, [700.0, 900.0, 500.0]);
        let needs = |subject| median(&values(&readings, &all, subject, Conditions::Slow, Measure::Memory));
        let needed: Vec<Option<f64>> = subjects.iter().map(needs).collect();
        assert_eq!(needed, [Some(200.0), Some(400.0), None]);
        let ratios: Vec<(&str, f64)> = ratios_to_each(&readings, &all)
            .into_iter()
            .map(|(other, .., ratio)| (other.id, ratio.middle))
            .collect();
        assert_eq!(ratios, [("klaro", 0.5)]);
    }

    /// Accepting is measured without the slow network, and compared where the slow network is.
    #[test]
    fn a_ratio_names_the_conditions_of_its_table() {
        let subjects = subjects();
        let all: Vec<&Subject> = subjects.iter().collect();
        let readings = read(
            &subjects,
            Measure::Accept(50),
            Conditions::SlowProcessor,
            [16.0, 32.0, 0.0],
        );
        let ratios = ratios_to_each(&readings, &all);
        assert!(matches!(
            ratios.as_slice(),
            [(_, Conditions::Slow, Measure::Accept(50), ratio)] if (ratio.middle - 0.5).abs() < f64::EPSILON
        ));
    }
}
