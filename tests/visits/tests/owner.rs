//! What the owner's programs make, in a page: the printed policy, the packed script, the filed notice. They are run as an
//! owner runs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, Tag, repository, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits![
        b_01_the_printed_snippet_and_policy_suffice,
        b_01_the_policy_suffices_for_a_script_in_the_page,
        b_01_p_14_files_of_another_host_need_its_header,
        b_01_the_printed_policy_is_no_wider_than_needed,
        g_06_a_single_file_fetches_nothing_else,
        a_built_site_goes_by_its_own_configuration
    ];
    // The pictures are Chromium's, and the hashes the same in each engine.
    cases.extend(
        visits::visits![o_05_the_filed_notice_is_that_of_the_record]
            .into_iter()
            .map(|case| case.only_in(&[Engine::Chromium])),
    );
    cases.extend(visits_to_the_corpus());
    cases
}

/// The configuration of rasco.kz.
const CONFIGURATION: &str = "www/sites/rasco.kz/site.json";

/// Configurations as owners write them, each without a problem.
const GOOD: &str = "compiler/tests/corpus/good";

/// Runs the program `kelisim` on the configuration of rasco.kz and gives what it prints.
pub(crate) fn kelisim(command: &str, arguments: &[&str]) -> String {
    run("kelisim", &[&[command, CONFIGURATION], arguments].concat())
}

/// Runs a program of the project and gives what it prints. It was built before the visits began, so that none of them
/// waits for a compiler: `cargo xtask test` does that, or `cargo build --workspace --bins`.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(built_program(program))
        .args(arguments)
        .current_dir(repository())
        .output()
        .unwrap_or_else(|error| panic!("{program} is not built: cargo build --workspace --bins ({error})"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// Where a program of the project lies.
pub(crate) fn built_program(program: &str) -> PathBuf {
    let visits = std::env::current_exe().expect("the visits know their own file");
    let built = visits.ancestors().nth(2).expect("it lies in target/debug/deps");
    built.join(program)
}

/// What an owner gets for rasco.kz from the tool: what to print, and what to serve.
pub(crate) struct Offer {
    tag: String,
    policy: String,
    /// The hash of the script, where a page may have it in itself.
    inline: String,
    /// What is to be served, by its paths.
    files: Vec<(String, Vec<u8>)>,
}

impl Offer {
    /// What `kelisim build` prints and writes.
    pub(crate) fn built(engine: Engine, arguments: &[&str]) -> Offer {
        let folder = scratch(&format!("build-{engine}"));
        let out = ["--out", folder.to_str().unwrap()];
        let printed = kelisim("build", &[&out, arguments].concat());
        let files = std::fs::read_dir(&folder).unwrap().map(|file| {
            let file = file.unwrap();
            let path = format!("/kelisim/{}", file.file_name().to_str().unwrap());
            (path, std::fs::read(file.path()).unwrap())
        });
        let files = files.collect();
        std::fs::remove_dir_all(&folder).unwrap();
        Offer::printed(&printed, files)
    }

    fn printed(printed: &str, files: Vec<(String, Vec<u8>)>) -> Offer {
        let lines = |begins: &str| {
            let lines = printed.lines().filter(|line| line.starts_with(begins));
            lines.collect::<String>()
        };
        let policy = lines("Content-Security-Policy: ");
        Offer {
            tag: lines("<"),
            policy: policy["Content-Security-Policy: ".len()..].to_owned(),
            inline: lines("'sha256-"),
            files,
        }
    }

    /// The site with it. What the visits themselves add to a page is the recorder, which is of its own origin.
    fn site(&self) -> Site {
        self.site_under(&self.policy)
    }

    fn site_under(&self, policy: &str) -> Site {
        let page = Page::new("ru").tag(&self.tag).header("Content-Security-Policy", policy);
        let site = Site::of("rasco.kz").page("/", &page);
        let files = self.files.iter();
        files.fold(site, |site, (path, bytes)| site.answers(path, served(path, bytes)))
    }

    /// What is served under a path.
    pub(crate) fn file(&self, path: &str) -> &[u8] {
        let found = self.files.iter().find(|(known, _)| known == path);
        &found.unwrap_or_else(|| panic!("there is no {path}")).1
    }
}

/// A file as a server sends it.
fn served(path: &str, bytes: &[u8]) -> Answer {
    let media_type = match path.rsplit_once('.') {
        Some((_, "js")) => "text/javascript",
        Some((_, "json")) => "application/json",
        Some((_, "wasm")) => "application/wasm",
        _ => "text/plain",
    };
    Answer::new(media_type, bytes.to_vec())
}

/// A visitor looks at the settings and grants everything.
async fn grants(visit: &Visit) {
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/watch/").await;
    visit.until_requested("www.google-analytics.com", "/g/collect").await;
    visit.settles().await;
}

async fn b_01_the_printed_snippet_and_policy_suffice(visitor: Visitor) {
    let offer = Offer::built(visitor.engine, &["--pin"]);
    let (tag, policy) = (&offer.tag, &offer.policy);
    shows!("B-01", tag.contains(" integrity=\"sha384-"), "the tag is pinned: {tag}");
    let internet = Internet::with([offer.site()]);
    let visit = visitor.comes_to(&internet).await;
    grants(&visit).await;
    shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{policy}");
    // What the real scripts ask besides the stand-ins: each host of the catalogue in the way in which it is asked.
    let asked = visit
        .script_until_done(
            "const calls = ['https://mc.yandex.com/watch/1', 'https://mc.webvisor.org/webvisor/1', \
             'https://region1.google-analytics.com/g/collect', 'https://region1.analytics.google.com/g/collect'];\
             Promise.allSettled(calls.map(url => fetch(url, { mode: 'no-cors' }))).then(all => done(all.map(one => one.status)))",
        )
        .await;
    shows_equal!("B-01", asked, json!(vec!["fulfilled"; 4]), "{policy}");
    visit.withdraw().await;
    visit.settles().await;
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "after a withdrawal: {policy}"
    );
    shows_equal!("B-01", visit.errors().await, Vec::<String>::new(), "no error: {policy}");
}

/// Everything is in the script, and the script is in the page: a CMS with room for one block of HTML.
async fn b_01_the_policy_suffices_for_a_script_in_the_page(visitor: Visitor) {
    let mut offer = Offer::built(visitor.engine, &["--single-file"]);
    let script = String::from_utf8(offer.file("/kelisim/kelisim.js").to_vec()).unwrap();
    offer.tag = format!("<script>{script}</script>");
    offer.policy = offer
        .policy
        .replacen("script-src ", &format!("script-src {} ", offer.inline), 1);
    offer.policy += "; require-trusted-types-for 'script'; trusted-types kelisim";
    let internet = Internet::with([offer.site()]);
    let visit = visitor.comes_to(&internet).await;
    grants(&visit).await;
    let policy = &offer.policy;
    shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{policy}");
    shows_equal!("B-01", visit.errors().await, Vec::<String>::new(), "no error: {policy}");
    shows_equal!(
        "B-01",
        visit.console().await,
        Vec::<String>::new(),
        "nothing to complain of"
    );
    let fetched = internet.requests_for("rasco.kz", "/kelisim/");
    assert!(fetched.is_empty(), "nothing had to be fetched: {fetched:?}");
    visit.withdraw().await;
    shows!(
        "W-03",
        visit.script("return kelisim.allows('analytics')").await == false,
        "and is taken back"
    );
}

/// The files lie on a host of their own, which has to allow pages to read them.
async fn b_01_p_14_files_of_another_host_need_its_header(visitor: Visitor) {
    let offer = Offer::built(visitor.engine, &["--base", "https://static.rasco.kz/kelisim/"]);
    shows!("P-14", offer.tag.contains(" crossorigin"), "{}", offer.tag);
    let allowed = |ends: &'static [&str]| {
        let files = offer
            .files
            .iter()
            .filter(move |(path, _)| ends.iter().any(|end| path.ends_with(end)));
        files.fold(offer.site(), |site, (path, bytes)| {
            site.answers(
                path,
                served(path, bytes).with_header("access-control-allow-origin", "*"),
            )
        })
    };
    let internet = Internet::with([allowed(&[".js"])]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    let line = visit.until_said("Access-Control-Allow-Origin").await;
    shows!(
        "P-14",
        line.contains("https://static.rasco.kz/kelisim/kelisim.") && line.contains(".wasm"),
        "it names the file: {line}"
    );
    visit.settles().await;
    shows!("G-08", !visit.sees("[data-kelisim=banner]").await, "nobody is asked");

    internet.change(|_| allowed(&[".js", ".wasm", ".json"]));
    grants(&visit).await;
    let policy = &offer.policy;
    shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{policy}");
    shows_equal!("B-01", visit.errors().await, Vec::<String>::new(), "no error: {policy}");
}

/// Comes to the page as somebody who has decided nothing yet, and accepts.
async fn accept_anew(visit: &Visit) {
    visit.open(ADDRESS).await;
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
}

async fn b_01_the_printed_policy_is_no_wider_than_needed(visitor: Visitor) {
    let offer = Offer::built(visitor.engine, &[]);
    let policy = &offer.policy;
    let internet = Internet::with([offer.site()]);
    let visit = visitor.comes_to(&internet).await;
    // Without any one of the sources that this visit uses, something is stopped.
    for (source, directive) in [
        (" https://mc.yandex.ru", "script-src"),
        (" https://www.googletagmanager.com", "script-src"),
        (" https://mc.yandex.ru", "img-src"),
        (" https://*.google-analytics.com", "img-src"),
    ] {
        let (before, rest) = policy.split_once(directive).unwrap();
        let narrower = format!("{before}{directive}{}", rest.replacen(source, "", 1));
        shows!("B-01", narrower != *policy, "{directive} names{source}");
        internet.change(|_| offer.site_under(&narrower));
        accept_anew(&visit).await;
        visit.settled_decisions(1).await;
        let host = source.trim_start_matches(" https://").trim_start_matches("*.");
        visit
            .until("a violation", async || {
                let stopped = visit.violations().await;
                stopped
                    .iter()
                    .any(|line| line.starts_with(directive) && line.contains(host))
                    .then_some(())
            })
            .await;
    }
    // What no vendor of this site is asked for is stopped: other hosts, scripts and frames from hosts of beacons, inline code.
    internet.change(|_| offer.site());
    visit.open_and_start(ADDRESS).await;
    visit
        .script(
            "const put = (name, url) => { const element = document.createElement(name); element.src = url; document.body.append(element) };\
             put('script', 'https://mc.yandex.com/x.js'); put('script', 'https://www.google-analytics.com/x.js');\
             put('img', 'https://mc.webvisor.org/x.gif'); put('iframe', 'https://mc.yandex.ru/x');\
             put('script', 'https://top-fwz1.mail.ru/js/code.js'); fetch('https://example.com/x').catch(() => {});\
             const inline = document.createElement('script'); inline.textContent = 'window.ranInline = true'; document.body.append(inline)",
        )
        .await;
    visit
        .until("seven violations", async || {
            (visit.violations().await.len() >= 7).then_some(())
        })
        .await;
    shows!(
        "B-01",
        visit.script("return !window.ranInline").await == true,
        "no inline code runs"
    );
    shows_equal!(
        "B-01",
        internet
            .requests_to_vendors()
            .iter()
            .filter(|request| request.path.starts_with("/x"))
            .count(),
        0,
        "nothing of it went over the wire"
    );
}

fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("kelisim-visits-{}-{name}", std::process::id()))
}

async fn g_06_a_single_file_fetches_nothing_else(visitor: Visitor) {
    let offer = Offer::built(visitor.engine, &["--single-file"]);
    let policy = &offer.policy;
    let internet = Internet::with([offer.site()]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    let styled = "const b = document.querySelector('dialog[data-kelisim=settings] input[role=switch]'); return getComputedStyle(b).appearance";
    shows_equal!(
        "G-06",
        visit.script(styled).await,
        "none",
        "the settings have their styles"
    );
    for language in ["kk", "en", "ru"] {
        let switch = format!("dialog[data-kelisim=settings] [data-kelisim-language={language}]");
        visit.click(&switch).await;
        let spoken = format!("return document.getElementById('kelisim-root').lang === '{language}'");
        visit.until_true("the language", &spoken).await;
        shows!("L-01", !visit.notice("operator").await.is_empty(), "{language}");
    }
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/watch/").await;
    visit.until_requested("www.google-analytics.com", "/g/collect").await;
    let fetched: Vec<String> = internet
        .requests_for("rasco.kz", "/kelisim")
        .into_iter()
        .map(|request| request.path)
        .collect();
    shows_equal!("G-06", fetched, ["/kelisim/kelisim.js"], "one script and nothing else");
    shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{policy}");
    shows_equal!(
        "B-01",
        visit.console().await,
        Vec::<String>::new(),
        "nothing to complain of"
    );
}

/// A page that still names a configuration of its own gets the site that was built.
async fn a_built_site_goes_by_its_own_configuration(visitor: Visitor) {
    let tag = Tag::recommended().with("data-config=\"/kelisim/site.json\" data-layer=\"other\"");
    let internet = Internet::with([Site::of("rasco.kz").page("/", &Page::new("ru").tag(tag))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    shows_equal!(
        "G-06",
        internet.requests_for("rasco.kz", "/kelisim/site.json").len(),
        0,
        "what data-config names is not fetched"
    );
    let layers = visit.script("return [other.length, typeof dataLayer]").await;
    assert_eq!(layers, json!([1, "undefined"]), "the other attributes hold");
}

/// One visit to each good configuration of the corpus, by the names of their files. What it shows is the same in each
/// engine, so one engine is enough.
fn visits_to_the_corpus() -> Vec<Case> {
    let folder = std::fs::read_dir(repository().join(GOOD)).unwrap();
    let mut names: Vec<String> = folder
        .filter_map(|file| Some(file.unwrap().file_name().to_str()?.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    let visits = names.into_iter().map(|name| {
        let case = format!("owner::k_01_a_built_site_asks_in_each_language::{name}");
        Case::new(&case, move |visitor| {
            k_01_a_built_site_asks_in_each_language(visitor, name.clone())
        })
    });
    visits.map(|case| case.only_in(&[Engine::Chromium])).collect()
}

/// A configuration of the corpus.
fn configuration(name: &str) -> Value {
    let written = std::fs::read_to_string(repository().join(format!("{GOOD}/{name}.json"))).unwrap();
    serde_json::from_str(written.trim_start_matches('\u{feff}')).unwrap()
}

/// A scope is a parent of the host, or the host itself.
fn domain(written: &Value) -> &str {
    let scope = written["scope"].as_str().filter(|scope| !scope.is_empty());
    scope.unwrap_or("corpus.example")
}

/// What a check accepts, a build makes a site of: in a page of each of its languages it asks in that language and tells the
/// whole notice, or, where nothing is optional, it is ready and asks nothing.
async fn k_01_a_built_site_asks_in_each_language(visitor: Visitor, name: String) {
    let written = configuration(&name);
    let domain = domain(&written);
    let optional = written["categories"].as_array().is_some_and(|list| !list.is_empty());
    let asks = optional && written["audience"] != "minors";
    let languages = written["languages"].as_array().unwrap();
    let languages: Vec<&str> = languages.iter().map(|tag| tag.as_str().unwrap()).collect();
    let site = Site::of(domain).configuration(&written);
    let site = languages.iter().fold(site, |site, language| {
        site.page(&format!("/{language}"), &Page::new(language))
    });
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    for language in languages {
        visit.open_and_start(&format!("https://{domain}/{language}")).await;
        if asks {
            visit.first_layer().await;
        }
        shows_equal!("K-01", visit.asks().await, asks, "{name}: {language}");
        let spoken = visit
            .script("return document.getElementById('kelisim-root').lang")
            .await;
        shows_equal!("K-01", spoken, language, "{name}");
        if asks {
            visit.open_settings().await;
            let operator = visit.notice("operator").await;
            shows!("K-01", !operator.is_empty(), "{name}: {language}: the whole notice");
        }
        let complaints = visit.console().await;
        shows_equal!("K-01", complaints, Vec::<String>::new(), "{name}: {language}");
    }
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

async fn o_05_the_filed_notice_is_that_of_the_record(visitor: Visitor) {
    let folder = scratch("evidence");
    kelisim("evidence", &["--out", folder.to_str().unwrap()]);
    let evidence: Value = serde_json::from_slice(&read(&folder, "evidence.json")).unwrap();
    shows_equal!(
        "O-05",
        serde_json::from_slice::<Value>(&read(&folder, "site.json")).unwrap(),
        site_json("rasco.kz"),
        "the configuration is there"
    );
    let index = String::from_utf8(read(&folder, "index.html")).unwrap();
    let pictures = evidence["screenshots"].as_array().unwrap();
    shows_equal!("O-05", pictures.len(), 12, "two layers, two windows, three languages");
    for picture in pictures {
        let name = picture["file"].as_str().unwrap();
        let png = read(&folder, name);
        // A PNG says how large it is behind the head of its first chunk.
        let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        shows_equal!(
            "O-05",
            json!([size(16), size(20)]),
            json!([picture["width"], picture["height"]]),
            "{name}"
        );
        shows!("O-05", index.contains(name), "{name} is in the index");
    }
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    for notice in evidence["notices"].as_array().unwrap() {
        let (language, name) = (notice["language"].as_str().unwrap(), notice["file"].as_str().unwrap());
        shows_equal!(
            "O-05",
            String::from_utf8(read(&folder, name)).unwrap(),
            kelisim("notice", &["--lang", language]),
            "{name}"
        );
        internet.change(|site| site.page("/", &Page::new(language)));
        accept_anew(&visit).await;
        let record = visit.recorded().await;
        shows_equal!("O-05", record["language"], language, "the record is of this notice");
        shows_equal!(
            "O-05",
            record["notice"],
            notice["sha256"],
            "{language}: the hash is that of the record"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
