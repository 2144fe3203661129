//! What a site of the visits serves: fixture pages, its configuration, Kelisim's files.
//!
//! A page is made by the visit that needs it. The configuration is the real one of `www/sites/` unless the visit
//! brings its own, and the files under `/kelisim/` are what `kelisim build` makes of it; in development, it itself beside
//! those of `dist/`. Nothing is changed on the way unless a visit says so.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::build::Build;
use crate::internet::Answer;
use crate::subject::Subject;

/// The five sites of the first users.
pub const SITES: [&str; 5] = [
    "course-planet.net",
    "elesses.pro",
    "cap.kz",
    "rasco.kz",
    "proeducation.kz",
];

/// The four of them that have something optional.
pub const ASKING_SITES: [&str; 4] = ["elesses.pro", "cap.kz", "rasco.kz", "proeducation.kz"];

/// The tag that brings Kelisim into a page.
#[derive(Clone, Debug)]
pub struct Tag {
    address: String,
    is_async: bool,
    attributes: String,
}

impl Tag {
    /// The recommended one.
    pub fn recommended() -> Tag {
        Tag {
            address: "/kelisim/kelisim.js".to_owned(),
            is_async: true,
            attributes: String::new(),
        }
    }

    /// One that the page's reading waits for.
    pub fn synchronous() -> Tag {
        Tag {
            is_async: false,
            ..Tag::recommended()
        }
    }

    /// The same tag with more attributes.
    #[must_use]
    pub fn with(mut self, attributes: &str) -> Tag {
        self.attributes.push(' ');
        self.attributes.push_str(attributes);
        self
    }

    /// The same tag for another address of the script.
    #[must_use]
    pub fn at(mut self, address: &str) -> Tag {
        address.clone_into(&mut self.address);
        self
    }

    /// It as a page has it, which in development says where the configuration lies.
    pub fn markup(&self, subject: Subject) -> String {
        let Tag {
            address, attributes, ..
        } = self;
        let how = if self.is_async { " async" } else { "" };
        let configuration = match subject {
            Subject::Built => "",
            Subject::Development => " data-config=\"/kelisim/site.json\"",
        };
        format!("<script{how} src=\"{address}\"{attributes}{configuration}></script>")
    }
}

/// What stands in a page's head to bring Kelisim.
#[derive(Clone, Debug)]
pub enum Brings {
    /// The tag, whatever it looks like for the subject of the visit.
    Tag(Tag),
    /// Markup of the visit's own.
    Markup(String),
}

impl From<Tag> for Brings {
    fn from(tag: Tag) -> Brings {
        Brings::Tag(tag)
    }
}

impl From<&str> for Brings {
    fn from(markup: &str) -> Brings {
        Brings::Markup(markup.to_owned())
    }
}

impl From<&String> for Brings {
    fn from(markup: &String) -> Brings {
        Brings::Markup(markup.clone())
    }
}

/// A file of Kelisim's by what it is, whatever a build has called it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `kelisim.js`.
    Script,
    /// The module, where it is a file of its own.
    Module,
    /// What binds the module to a page: `bindings.….js`.
    Bindings,
    /// What is told in the settings, in one language: `settings.ru.….json`.
    Settings(String),
}

impl Part {
    /// The settings in a language.
    pub fn settings(language: &str) -> Part {
        Part::Settings(language.to_owned())
    }

    /// What lies under a path of a site.
    pub fn at(path: &str) -> Option<Part> {
        let name = path.strip_prefix("/kelisim/")?;
        let pieces: Vec<&str> = name.split('.').collect();
        match pieces[..] {
            ["kelisim", "js"] => Some(Part::Script),
            ["kelisim", "wasm"] | ["kelisim", _, "wasm"] => Some(Part::Module),
            ["bindings", _, "js"] => Some(Part::Bindings),
            ["settings", language, _, "json"] => Some(Part::settings(language)),
            _ => None,
        }
    }
}

/// The address of a site's first page, under its own scheme.
pub fn address(domain: &str) -> String {
    let scheme = if domain == "proeducation.kz" { "http" } else { "https" };
    format!("{scheme}://{domain}/")
}

/// The configuration that a site really has.
pub fn site_json(domain: &str) -> Value {
    let path = repository().join("www/sites").join(domain).join("site.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A configuration with every built-in category, three vendors of the catalogue, and own services: for what the five
/// sites do not have.
pub fn full_configuration() -> Value {
    serde_json::from_str(include_str!("fixtures/site.json")).expect("the fixture is JSON")
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn distribution() -> PathBuf {
    std::env::var_os("KELISIM_DIST").map_or_else(|| repository().join("dist"), PathBuf::from)
}

/// A page of a site.
#[derive(Clone, Debug)]
pub struct Page {
    language: String,
    before_tag: String,
    tag: Brings,
    after_tag: String,
    first: String,
    body: String,
    headers: Vec<(String, String)>,
    windows_1251: bool,
}

impl Page {
    /// A course page with the recommended tag; an empty language leaves `lang` out.
    pub fn new(language: &str) -> Page {
        Page {
            language: language.to_owned(),
            before_tag: String::new(),
            tag: Tag::recommended().into(),
            after_tag: String::new(),
            first: String::new(),
            body: include_str!("fixtures/course.html").to_owned(),
            headers: Vec::new(),
            windows_1251: false,
        }
    }

    /// Markup in the head, before the tag.
    #[must_use]
    pub fn before_tag(mut self, markup: &str) -> Page {
        self.before_tag.push_str(markup);
        self
    }

    /// Another tag in the place of the recommended one.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<Brings>) -> Page {
        self.tag = tag.into();
        self
    }

    /// Markup in the head, after the tag.
    #[must_use]
    pub fn after_tag(mut self, markup: &str) -> Page {
        self.after_tag.push_str(markup);
        self
    }

    /// Markup at the beginning of the body.
    #[must_use]
    pub fn first(mut self, markup: &str) -> Page {
        self.first.push_str(markup);
        self
    }

    /// Markup at the end of the body.
    #[must_use]
    pub fn body(mut self, markup: &str) -> Page {
        self.body.push_str(markup);
        self
    }

    /// A response header, such as a content security policy.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Page {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The page in windows-1251, as old sites are.
    #[must_use]
    pub fn in_windows_1251(mut self) -> Page {
        self.windows_1251 = true;
        self
    }

    fn answer(&self, subject: Subject) -> Answer {
        let charset = if self.windows_1251 { "windows-1251" } else { "utf-8" };
        let language = if self.language.is_empty() {
            String::new()
        } else {
            format!(" lang=\"{}\"", self.language)
        };
        let tag = match &self.tag {
            Brings::Tag(tag) => tag.markup(subject),
            Brings::Markup(markup) => markup.clone(),
        };
        let markup = format!(
            "<!DOCTYPE html>\n<html{language}><head><meta charset=\"{charset}\"><title>Курсы</title>\
             <script src=\"/visit/recorder.js\"></script>{}{tag}{}</head><body>{}{}</body></html>",
            self.before_tag, self.after_tag, self.first, self.body
        );
        let bytes = if self.windows_1251 {
            windows_1251(&markup)
        } else {
            markup.into_bytes()
        };
        let answer = Answer::new(&format!("text/html; charset={charset}"), bytes);
        self.headers
            .iter()
            .fold(answer, |answer, (name, value)| answer.with_header(name, value))
    }
}

/// Text in windows-1251, for the letters that a Russian page has; others become question marks.
pub fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '\0'..='\x7f' => letter as u8,
        'А'..='я' => u8::try_from(letter as u32 - 'А' as u32 + 0xC0).unwrap(),
        'Ё' => 0xA8,
        'ё' => 0xB8,
        '«' => 0xAB,
        '»' => 0xBB,
        '—' => 0x97,
        '–' => 0x96,
        '№' => 0xB9,
        '\u{a0}' => 0xA0,
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

/// What a path of a site answers.
#[derive(Clone, Debug)]
enum Served {
    /// A page, which is drawn when it is asked for.
    Page(Box<Page>),
    /// Always the same.
    Answer(Answer),
    /// This once, to whoever asks first; then what stands there otherwise.
    Once(Arc<Mutex<Option<Answer>>>),
}

/// How a file of Kelisim's is served.
#[derive(Clone)]
struct Change(Part, Arc<dyn Fn(Answer) -> Answer + Send + Sync>);

impl fmt::Debug for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Change").field(&self.0).finish_non_exhaustive()
    }
}

/// A site: a domain with its subdomains.
#[derive(Clone, Debug)]
pub struct Site {
    domain: String,
    configuration: Option<Value>,
    served: HashMap<String, Served>,
    changes: Vec<Change>,
    demo: bool,
    server: Option<u16>,
}

impl Site {
    /// A site of `www/sites/` with a course page in Russian and its real configuration.
    pub fn of(domain: &str) -> Site {
        Site::bare(domain).page("/", &Page::new("ru"))
    }

    /// The demo's own pages of a site, as `www/sites/` has them, with the visit's recorder in front.
    pub fn demo(domain: &str) -> Site {
        Site {
            demo: true,
            ..Site::bare(domain)
        }
    }

    /// A site of which everything but what stands under a path of its own is left to a server on a port of the loopback.
    pub fn left_to(domain: &str, port: u16) -> Site {
        Site {
            server: Some(port),
            ..Site::bare(domain)
        }
    }

    fn bare(domain: &str) -> Site {
        Site {
            domain: domain.to_owned(),
            configuration: None,
            served: HashMap::new(),
            changes: Vec::new(),
            demo: false,
            server: None,
        }
    }

    /// Serves a page.
    #[must_use]
    pub fn page(self, path: &str, page: &Page) -> Site {
        self.serves_under(path, Served::Page(Box::new(page.clone())))
    }

    /// Serves what is made of a configuration of the visit's own.
    #[must_use]
    pub fn configuration(mut self, configuration: &Value) -> Site {
        self.configuration = Some(configuration.clone());
        self
    }

    /// The server that a path is left to.
    pub(crate) fn server_of(&self, path: &str) -> Option<u16> {
        let is_own = self.served.contains_key(path) || path.starts_with("/visit/");
        self.server.filter(|_| !is_own)
    }

    /// Serves anything under a path, before what stands there otherwise.
    #[must_use]
    pub fn answers(self, path: &str, answer: Answer) -> Site {
        self.serves_under(path, Served::Answer(answer))
    }

    /// Serves something to the first who asks, and from then on what stands there otherwise: a file that a browser has
    /// kept, and what it gets when it asks anew.
    #[must_use]
    pub fn answers_once(self, path: &str, answer: Answer) -> Site {
        self.serves_under(path, Served::Once(Arc::new(Mutex::new(Some(answer)))))
    }

    fn serves_under(mut self, path: &str, served: Served) -> Site {
        self.served.insert(path.to_owned(), served);
        self
    }

    /// Serves a file of Kelisim's in another way, of whatever build it is.
    #[must_use]
    pub fn changes(mut self, part: Part, change: impl Fn(Answer) -> Answer + Send + Sync + 'static) -> Site {
        self.changes.push(Change(part, Arc::new(change)));
        self
    }

    /// Whether a host is the site's own: the domain or a subdomain.
    pub(crate) fn serves(&self, host: &str) -> bool {
        host.strip_suffix(self.domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// What its owner has built last; `None` for a site without a configuration.
    pub(crate) fn build(&self) -> Option<Arc<Build>> {
        Some(Build::of(&self.configured()?))
    }

    fn configured(&self) -> Option<Value> {
        let of_the_house = || SITES.contains(&self.domain.as_str()).then(|| site_json(&self.domain));
        self.configuration.clone().or_else(of_the_house)
    }

    /// What is answered on this subject; `earlier` are builds whose files still lie on the server.
    pub(crate) fn answer(&self, path: &str, subject: Subject, earlier: &[Arc<Build>]) -> Answer {
        if let Some(answer) = self.own_answer(path, subject) {
            return answer;
        }
        let answer = match path {
            "/visit/recorder.js" => Some(Answer::script(include_str!("fixtures/recorder.js"))),
            "/visit/clock.js" => Some(Answer::script(include_str!("fixtures/clock.js"))),
            // Where two of the sites have their receipts sent.
            "/receipts" => Some(Answer::taken()),
            _ => match path.strip_prefix("/kelisim/") {
                Some(name) => match subject {
                    Subject::Built => self.file_of_a_build(name, earlier),
                    Subject::Development => self.file_in_development(name),
                },
                None if self.demo => self.demo_file(path),
                None => None,
            },
        };
        self.changed(path, answer.unwrap_or_else(Answer::missing))
    }

    fn own_answer(&self, path: &str, subject: Subject) -> Option<Answer> {
        match self.served.get(path)? {
            Served::Page(page) => Some(page.answer(subject)),
            Served::Answer(answer) => Some(answer.clone()),
            Served::Once(answer) => answer.lock().unwrap().take(),
        }
    }

    fn changed(&self, path: &str, answer: Answer) -> Answer {
        let Some(part) = Part::at(path) else { return answer };
        let changes = self.changes.iter().filter(|change| change.0 == part);
        changes.fold(answer, |answer, Change(_, change)| change(answer))
    }

    fn file_of_a_build(&self, name: &str, earlier: &[Arc<Build>]) -> Option<Answer> {
        let builds = self.build().into_iter().chain(earlier.iter().cloned());
        let mut found = builds.filter_map(|build| build.file(name).map(<[u8]>::to_vec));
        Some(file(name, found.next()?))
    }

    fn file_in_development(&self, name: &str) -> Option<Answer> {
        match name {
            "site.json" => Some(Answer::json(&self.configured()?)),
            // Nothing that a page asks for lies deeper.
            name if name.contains('/') => None,
            name => Some(file(name, std::fs::read(distribution().join(name)).ok()?)),
        }
    }
}

impl Site {
    /// What the demo's server serves under a path: the site's own file, or one that all the sites share.
    fn demo_file(&self, path: &str) -> Option<Answer> {
        let name = match path.trim_start_matches('/') {
            "" => "index.html".to_owned(),
            name if name.ends_with('/') => format!("{name}index.html"),
            name if !name.contains('.') => format!("{name}.html"),
            name => name.to_owned(),
        };
        let demo = repository().join("www");
        let places = [demo.join("sites").join(&self.domain), demo.join("sites"), demo];
        let bytes = places
            .into_iter()
            .find_map(|place| std::fs::read(place.join(&name)).ok())?;
        match name.rsplit_once('.')?.1 {
            // Without a policy there is no nonce either.
            "html" => Some(Answer::page(
                recorded(&String::from_utf8_lossy(&bytes)).replace("{{nonce}}", ""),
            )),
            "js" => Some(Answer::script(bytes)),
            "css" => Some(Answer::new("text/css; charset=utf-8", bytes)),
            "svg" => Some(Answer::new("image/svg+xml", bytes)),
            _ => None,
        }
    }
}

/// A page of the demo with the recorder before everything else in its head.
fn recorded(page: &str) -> String {
    page.replacen("<head>", "<head><script src=\"/visit/recorder.js\"></script>", 1)
}

/// A file under the media type that a server would give it.
fn file(name: &str, bytes: Vec<u8>) -> Answer {
    let media_type = match name.rsplit_once('.').unwrap_or_default().1 {
        // Without a charset, as most servers send it.
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "wasm" => "application/wasm",
        _ => "text/plain; charset=utf-8",
    };
    Answer::new(media_type, bytes)
}
