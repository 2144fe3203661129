//! The visits that are measured, step by step. What is waited for is always something that the page or the browser says;
//! nothing is slept through. It must not treat one subject otherwise than another.
//!
//! - *First contentful paint* is the browser's own entry.
//! - *First layer visible* is the end of the first frame in which the layer's element has a box inside the window and is
//!   neither hidden nor wholly transparent. A layer that fades or slides in counts from its first visible frame.
//! - *Script and task time* are the browser's own counters of the page's main thread, read as soon as that frame is over.
//! - *Accept to the next frame* is the duration of the longest of the events `pointerup`, `mouseup` and `click` of a real
//!   mouse click in the browser's event timing, which ends at the paint and comes in steps of 8 ms. The browser reports none
//!   below 16 ms: then it is the time to the end of the frame's own work, at most 16 ms.
//! - *Analytics requested* is the start of the gated script's resource timing entry on the second visit of a page, in the same
//!   browser context, after the visitor accepted on the first.
//! - *Memory* is the JavaScript heap after a garbage collection, and the memories of WebAssembly instances.
//! - *A ratio* is the median of the ratios of what was read in the same turn; *half of the rounds* is where the middle half of
//!   them lies. Where that is wider than the distance to the target, the run says nothing about it.

use super::browser::{Browser, Page};
use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::pages::{ANALYTICS, Variant};
use super::readings::{Measure, Readings};
use super::server::Server;
use super::subjects::{Role, Subject};
use super::traces::{Step, Traces};
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Runs in every document before its own scripts.
const PROBE: &str = include_str!("probe.js");

/// What a visit needs.
pub(super) struct Visitor<'bench> {
    pub(super) browser: &'bench mut Browser,
    pub(super) server: &'bench Server,
    pub(super) readings: &'bench mut Readings,
    /// Where traces of the visits go, if they are wanted.
    pub(super) traces: Option<&'bench Traces>,
}

/// One visit of a subject's page.
struct Visit<'bench> {
    subject: &'bench Subject,
    page: Page<'bench>,
}

impl Visitor<'_> {
    /// A first visit with nothing cached; then, where there is a banner, accepting, and a second visit.
    pub(super) fn first_and_second(&mut self, subject: &Subject, conditions: Conditions) -> Result<()> {
        let mut visit = Visit::open(self.browser, subject, conditions, Variant::USUAL, "")?;
        self.server.take_asked()?;
        visit.begin_trace(self.traces)?;
        let document = visit.page.go(&self.server.page(subject, Variant::USUAL))?;
        let mut read = first_sight(&mut visit)?;
        visit.page.rest(&document)?;
        visit.write_trace(self.traces, conditions, Step::First)?;
        read.extend(files(self.server, subject)?);
        read.push((Measure::Shift, visit.page.number("bench.shift()")?));
        read.push((Measure::Memory, memory(&mut visit)?));
        if subject.has_banner() {
            visit.accept()?;
            visit.page.evaluate("bench.finished")?;
            let again = format!("{}&visit=2", self.server.page(subject, Variant::USUAL));
            visit.begin_trace(self.traces)?;
            visit.page.go(&again)?;
            read.push((Measure::Return, visit.page.number("bench.started")?));
            visit.write_trace(self.traces, conditions, Step::Return)?;
        }
        for (measure, value) in read {
            self.readings.add(subject, conditions, measure, value);
        }
        Ok(())
    }

    /// Accepting on a page with this many gated scripts.
    pub(super) fn accepting(&mut self, subject: &Subject, conditions: Conditions, scripts: u32) -> Result<()> {
        let variant = Variant {
            scripts,
            ..Variant::USUAL
        };
        let mut visit = Visit::open(self.browser, subject, conditions, variant, "")?;
        let document = visit.page.go(&self.server.page(subject, variant))?;
        visit.page.evaluate("bench.shown")?;
        visit.page.rest(&document)?;
        visit.accept()?;
        let frame = visit.page.number("bench.clicked")?;
        self.readings.add(subject, conditions, Measure::Accept(scripts), frame);
        Ok(())
    }

    /// A first visit of a page that has more of something than usual.
    pub(super) fn growing(&mut self, subject: &Subject, growth: Growth) -> Result<()> {
        let conditions = Growth::CONDITIONS;
        let variant = growth.variant();
        let mut visit = Visit::open(self.browser, subject, conditions, variant, &growth.script())?;
        let document = visit.page.go(&self.server.page(subject, variant))?;
        for (measure, value) in first_sight(&mut visit)? {
            let aspect = match measure {
                Measure::Layer => Aspect::Layer,
                Measure::Script => Aspect::Script,
                Measure::Task => Aspect::Task,
                _ => continue,
            };
            self.readings
                .add(subject, conditions, Measure::Grown(growth, aspect), value);
        }
        if let Growth::Elements(_) = growth {
            visit.page.rest(&document)?;
            visit.accept()?;
            let all = visit.page.number("bench.finished")?;
            self.readings
                .add(subject, conditions, Measure::Grown(growth, Aspect::Accept), all);
        }
        Ok(())
    }
}

impl<'bench> Visit<'bench> {
    /// Opens an empty page that knows what to look for; `script` runs in each document after the probe.
    fn open(
        browser: &'bench mut Browser,
        subject: &'bench Subject,
        conditions: Conditions,
        variant: Variant,
        script: &str,
    ) -> Result<Visit<'bench>> {
        let mut page = browser.open(conditions)?;
        let sought = json!({ "layer": subject.layer, "gated": ANALYTICS, "count": variant.gated() });
        page.before_each_document(&PROBE.replace("BENCH_SUBJECT", &sought.to_string()))?;
        if !script.is_empty() {
            page.before_each_document(script)?;
        }
        Ok(Visit { subject, page })
    }

    fn begin_trace(&mut self, traces: Option<&Traces>) -> Result<()> {
        traces.map_or(Ok(()), |_| self.page.begin_trace())
    }

    fn write_trace(&mut self, traces: Option<&Traces>, conditions: Conditions, step: Step) -> Result<()> {
        let Some(traces) = traces else { return Ok(()) };
        traces.write(&mut self.page, self.subject, conditions, step)
    }

    /// Presses the control that accepts everything, once it stands still.
    fn accept(&mut self) -> Result<()> {
        let control = self
            .subject
            .accept
            .as_deref()
            .context("a subject without a control to accept")?;
        let place = self.page.evaluate(&format!("bench.steady({})", json!(control)))?;
        let coordinate = |name| {
            place
                .get(name)
                .and_then(Value::as_f64)
                .context("a control without a place")
        };
        self.page.click(coordinate("x")?, coordinate("y")?)
    }
}

/// What is seen first, and what it cost until then; without a banner, until the first contentful paint.
fn first_sight(visit: &mut Visit<'_>) -> Result<Vec<(Measure, f64)>> {
    let mut read = Vec::new();
    let moment = if visit.subject.has_banner() {
        "bench.shown"
    } else {
        "bench.painted"
    };
    let seen = visit.page.number(moment)?;
    let counters = visit.page.counters()?;
    if visit.subject.has_banner() {
        read.push((Measure::Layer, seen));
    }
    read.push((Measure::Script, counters.get("ScriptDuration")? * 1000.0));
    read.push((Measure::Task, counters.get("TaskDuration")? * 1000.0));
    read.push((Measure::FirstPaint, visit.page.number("bench.painted")?));
    Ok(read)
}

/// Bytes of JavaScript and WebAssembly.
fn memory(visit: &mut Visit<'_>) -> Result<f64> {
    visit.page.collect_garbage()?;
    let heap = visit.page.counters()?.get("JSHeapUsedSize")?;
    Ok(heap + visit.page.number("bench.memory()")?)
}

/// What the subject added to what the page asks for by itself: files, and what stands in the page's own HTML.
fn files(server: &Server, subject: &Subject) -> Result<Vec<(Measure, f64)>> {
    let asked = server.take_asked()?;
    let bare = server.bare_page()?;
    let (mut brotli, mut gzip, mut requests) = (0, 0, 0);
    for (address, packed) in &asked {
        if address.contains("/page?") {
            brotli += packed.brotli.len().saturating_sub(bare.brotli.len());
            gzip += packed.gzip.saturating_sub(bare.gzip);
        } else if !address.starts_with("/page/") {
            brotli += packed.brotli.len();
            gzip += packed.gzip;
            requests += 1;
        }
    }
    let numbers = [
        (Measure::Brotli, brotli),
        (Measure::Gzip, gzip),
        (Measure::Requests, requests),
    ];
    let shown = numbers.into_iter().filter(|_| subject.role != Role::Page);
    shown
        .map(|(measure, number)| Ok((measure, f64::from(u32::try_from(number)?))))
        .collect()
}
