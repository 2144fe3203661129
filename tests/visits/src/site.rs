//! What a site of the visits serves: fixture pages, its configuration, Kelisim's files.
//!
//! A page is made by the visit that needs it. The configuration is the real one of `www/sites/` unless the visit
//! brings its own, and the files under `/kelisim/` are those of `dist/`. Nothing is changed on the way unless a visit
//! says so.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::internet::Answer;

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

/// The recommended tag.
pub const TAG: &str = "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/kelisim/site.json\">\
    <script async src=\"/kelisim/kelisim.js\" data-config=\"/kelisim/site.json\"></script>";

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

/// A configuration with every built-in category, two vendors that are compiled in, one that is fetched, and own
/// services: for what the five sites do not have.
pub fn full_configuration() -> Value {
    serde_json::from_str(include_str!("fixtures/site.json")).expect("the fixture is JSON")
}

/// A file of the build, for a visit that serves it changed.
pub fn built_file(name: &str) -> Vec<u8> {
    let path = distribution().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build` first", path.display()))
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn distribution() -> PathBuf {
    std::env::var_os("KELISIM_DIST").map_or_else(|| repository().join("dist"), PathBuf::from)
}

/// A page of a site.
#[derive(Clone, Debug)]
pub struct Page {
    language: String,
    before_tag: String,
    tag: String,
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
            tag: TAG.to_owned(),
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
    pub fn tag(mut self, markup: &str) -> Page {
        markup.clone_into(&mut self.tag);
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

    fn answer(&self) -> Answer {
        let charset = if self.windows_1251 { "windows-1251" } else { "utf-8" };
        let language = if self.language.is_empty() {
            String::new()
        } else {
            format!(" lang=\"{}\"", self.language)
        };
        let markup = format!(
            "<!DOCTYPE html>\n<html{language}><head><meta charset=\"{charset}\"><title>Курсы</title>\
             <script src=\"/visit/recorder.js\"></script>{}{}{}</head><body>{}{}</body></html>",
            self.before_tag, self.tag, self.after_tag, self.first, self.body
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

/// A site: a domain with its subdomains.
#[derive(Clone, Debug)]
pub struct Site {
    domain: String,
    answers: HashMap<String, Answer>,
    demo: bool,
}

impl Site {
    /// A site of `www/sites/` with a course page in Russian and its real configuration.
    pub fn of(domain: &str) -> Site {
        Site {
            domain: domain.to_owned(),
            answers: HashMap::new(),
            demo: false,
        }
        .page("/", &Page::new("ru"))
    }

    /// The demo's own pages of a site, as `www/sites/` has them, with the visit's recorder in front.
    pub fn demo(domain: &str) -> Site {
        Site {
            domain: domain.to_owned(),
            answers: HashMap::new(),
            demo: true,
        }
    }

    /// Serves a page.
    #[must_use]
    pub fn page(self, path: &str, page: &Page) -> Site {
        self.answers(path, page.answer())
    }

    /// Serves a configuration of the visit's own.
    #[must_use]
    pub fn configuration(self, configuration: &Value) -> Site {
        self.answers("/kelisim/site.json", Answer::json(configuration))
    }

    /// Serves anything under a path, before what stands there otherwise.
    #[must_use]
    pub fn answers(mut self, path: &str, answer: Answer) -> Site {
        self.answers.insert(path.to_owned(), answer);
        self
    }

    /// Whether a host is the site's own: the domain or a subdomain.
    pub(crate) fn serves(&self, host: &str) -> bool {
        host.strip_suffix(self.domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    pub(crate) fn answer(&self, path: &str) -> Answer {
        if let Some(answer) = self.answers.get(path) {
            return answer.clone();
        }
        match path {
            "/visit/recorder.js" => Answer::script(include_str!("fixtures/recorder.js")),
            "/visit/clock.js" => Answer::script(include_str!("fixtures/clock.js")),
            "/kelisim/site.json" => Answer::json(&site_json(&self.domain)),
            // Where two of the sites have their receipts sent.
            "/receipts" => Answer::taken(),
            _ => match path.strip_prefix("/kelisim/") {
                Some(name) => built(name),
                None if self.demo => self.demo_file(path),
                None => None,
            }
            .unwrap_or_else(Answer::missing),
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

/// A file of the build under the media type that a server would give it.
fn built(name: &str) -> Option<Answer> {
    // A name with `..` would leave the directory; no page asks for one.
    if name.split('/').any(|part| part == "..") {
        return None;
    }
    let bytes = std::fs::read(distribution().join(name)).ok()?;
    let media_type = match name.rsplit_once('.')?.1 {
        // Without a charset, as most servers send it: the mark at its beginning has to do.
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "wasm" => "application/wasm",
        _ => "text/plain; charset=utf-8",
    };
    Some(Answer::new(media_type, bytes))
}
