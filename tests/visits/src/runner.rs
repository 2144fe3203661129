//! Runs each visit in each engine: engines beside each other, visits of one engine one after another.
//!
//! A visit is an async function of a [`Visitor`]. It fails by panicking; what its page said and what went over the wire
//! is printed with the failure, and a picture of the page is kept under `target/visits/`.

use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use fantoccini::Client;
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::sync::{Mutex, OnceCell};

use crate::browsers::{Browser, Engine, Patience};
use crate::internet::Internet;
use crate::site::repository;
use crate::subject::Subject;
use crate::visit::Visit;

/// No visit takes longer: a browser that hangs must not hang the run.
const LONGEST_VISIT: Duration = Duration::from_secs(150);

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A visit that is written once and runs in several engines, to whatever it is a visit to.
#[derive(Clone)]
pub struct Case {
    name: String,
    engines: &'static [Engine],
    subjects: &'static [Subject],
    longest: Duration,
    run: Arc<dyn Fn(Visitor) -> Running + Send + Sync>,
}

impl Case {
    /// A visit to built sites, for all three engines.
    pub fn new<Fut>(name: &str, run: impl Fn(Visitor) -> Fut + Send + Sync + 'static) -> Case
    where
        Fut: Future<Output = ()> + Send + 'static,
    {
        Case {
            name: name.to_owned(),
            engines: &Engine::ALL,
            subjects: &[Subject::Built],
            longest: LONGEST_VISIT,
            run: Arc::new(move |visitor| Box::pin(run(visitor))),
        }
    }

    /// The same visit in these engines only.
    #[must_use]
    pub fn only_in(mut self, engines: &'static [Engine]) -> Case {
        self.engines = engines;
        self
    }

    /// The same visit to these.
    #[must_use]
    pub fn to(mut self, subjects: &'static [Subject]) -> Case {
        self.subjects = subjects;
        self
    }

    /// The same visit, which may take so long: before somebody comes, a site is made.
    #[must_use]
    pub fn lasting(mut self, longest: Duration) -> Case {
        self.longest = longest;
        self
    }

    /// What it is called, of whichever engine and subject.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Each engine that it runs in with each thing that it is a visit to.
    fn runs(&self) -> impl Iterator<Item = (Engine, Subject)> + use<> {
        let (engines, subjects) = (self.engines, self.subjects);
        engines
            .iter()
            .flat_map(|engine| subjects.iter().map(|subject| (*engine, *subject)))
    }
}

/// Visits by the names of their functions, which stand in one module.
#[macro_export]
macro_rules! visits {
    ($($name:ident),* $(,)?) => {
        vec![$($crate::runner::Case::new(&$crate::runner::short(module_path!(), stringify!($name)), $name)),*]
    };
}

/// The same visits to each of several sites: their functions take the domain too.
#[macro_export]
macro_rules! visits_to {
    ($sites:expr; $($name:ident),* $(,)?) => {{
        let mut cases = Vec::new();
        for domain in $sites {
            $(
                let name = format!("{}::{domain}", $crate::runner::short(module_path!(), stringify!($name)));
                cases.push($crate::runner::Case::new(&name, move |visitor| $name(visitor, domain)));
            )*
        }
        cases
    }};
}

/// `module::visit`, without the name of the test binary.
pub fn short(module: &str, name: &str) -> String {
    match module.split_once("::") {
        Some((_, module)) => format!("{module}::{name}"),
        None => name.to_owned(),
    }
}

/// One visitor in one engine, who may come more than once, each time with a fresh profile.
#[derive(Clone)]
pub struct Visitor {
    /// The engine of the visitor's browser.
    pub engine: Engine,
    /// What the visit is to.
    pub subject: Subject,
    browser: Arc<Browser>,
    current: Arc<Mutex<Option<Visit>>>,
}

impl Visitor {
    /// Comes with a fresh profile to an internet; whoever came before has left.
    pub async fn comes_to(&self, internet: &Arc<Internet>) -> Visit {
        self.comes(internet, Patience::Loaded).await
    }

    /// The same, and looks at a page as soon as it was read, whatever is still on its way.
    pub async fn comes_early_to(&self, internet: &Arc<Internet>) -> Visit {
        self.comes(internet, Patience::Parsed).await
    }

    async fn comes(&self, internet: &Arc<Internet>, patience: Patience) -> Visit {
        self.leave().await;
        internet.begin(self.subject);
        self.browser.proxy.lead_to(Arc::clone(internet));
        let client = self.browser.session(patience).await.unwrap();
        let visit = Visit::new(self.engine, self.subject, client, Arc::clone(internet), patience);
        *self.current.lock().await = Some(visit.clone());
        visit
    }

    async fn leave(&self) {
        if let Some(visit) = self.current.lock().await.take() {
            close(visit.client().clone()).await;
        }
    }

    /// What the page and the wire looked like when a visit failed.
    async fn account(&self, name: &str) -> String {
        match &*self.current.lock().await {
            Some(visit) => {
                let picture = repository()
                    .join("target/visits")
                    .join(format!("{}.png", name.replace("::", "-")));
                visit.account(&picture).await
            }
            None => String::new(),
        }
    }
}

async fn close(client: Client) {
    // The driver may be gone with its browser; the visit's own result says so.
    let _ = tokio::time::timeout(Duration::from_secs(10), client.close()).await;
}

/// The engines of one run; a browser is started by the first visit that needs it.
#[derive(Default)]
struct Browsers([Turns; 3]);

/// One engine: whose turn it is, and its browser or why there is none.
#[derive(Default)]
struct Turns {
    turn: Mutex<()>,
    browser: OnceCell<Result<Arc<Browser>, String>>,
}

impl Browsers {
    async fn run(&self, engine: Engine, subject: Subject, case: &Case, name: &str) -> Result<(), Failed> {
        let turns = &self.0[engine as usize];
        let _turn = turns.turn.lock().await;
        let browser = turns
            .browser
            .get_or_init(async || Browser::start(engine).await.map(Arc::new))
            .await;
        let visitor = Visitor {
            engine,
            subject,
            browser: Arc::clone(browser.as_ref()?),
            current: Arc::default(),
        };
        let running = tokio::spawn((case.run)(visitor.clone()));
        let abort = running.abort_handle();
        let outcome = match tokio::time::timeout(case.longest, running).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(failure)) => Err(message(failure)),
            Err(_) => {
                abort.abort();
                Err(format!("still running after {:?}", case.longest))
            }
        };
        let outcome = match outcome {
            Ok(()) => Ok(()),
            Err(message) => Err(Failed::from(format!("{message}\n{}", visitor.account(name).await))),
        };
        visitor.leave().await;
        outcome
    }

    async fn stop(&self) {
        for turns in &self.0 {
            if let Some(Ok(browser)) = turns.browser.get() {
                browser.stop().await;
            }
        }
    }
}

fn message(failure: tokio::task::JoinError) -> String {
    let Ok(panic) = failure.try_into_panic() else {
        return "the visit was cancelled".to_owned();
    };
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default()
}

/// Runs the visits as `cargo test` wants it, with its usual arguments.
pub fn run(cases: &[Case]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A failure is told once, with its account; the default hook would print the runtime's inside with it.
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
    let runtime = Arc::new(Runtime::new().expect("a runtime"));
    let browsers = Arc::new(Browsers::default());
    let mut trials = Vec::new();
    for case in cases {
        for (engine, subject) in case.runs() {
            let (case, runtime, browsers) = (case.clone(), Arc::clone(&runtime), Arc::clone(&browsers));
            let name = format!("{engine}::{}", subject.name(&case.name));
            trials.push(Trial::test(name.clone(), move || {
                runtime.block_on(browsers.run(engine, subject, &case, &name))
            }));
        }
    }
    // Each visit waits for its engine's turn, so every one needs a thread; no more than three of them are awake.
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(trials.len()));
    let conclusion = libtest_mimic::run(&arguments, trials);
    runtime.block_on(browsers.stop());
    conclusion.exit_code()
}
