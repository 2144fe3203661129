//! What the configuration of another manager says in Kelisim's terms, before it is a `site.json`: each product's file fills
//! it, and takes from its own objects what means something here. It must not know a product.

use indexmap::IndexMap;
use serde_json::Value;

use super::pattern::glob_of;
use super::script::{Code, Literal, Node, Origin};

/// What was said, and where.
#[derive(Clone, Debug)]
pub(super) struct Said<T = String> {
    pub(super) value: T,
    pub(super) from: Origin,
}

impl<T> Said<T> {
    /// Another value in its place.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Said<U> {
        Said {
            value: change(self.value),
            from: self.from,
        }
    }
}

/// Words by language; under [`EVERY_LANGUAGE`] the same for all.
pub(super) type Words = IndexMap<String, Said>;

/// The language of words that have none.
pub(super) const EVERY_LANGUAGE: &str = "";

/// Something that cannot be taken over.
#[derive(Clone, Debug)]
pub(super) struct Left {
    pub(super) from: Origin,
    pub(super) why: String,
}

/// A whole configuration.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// As the product calls them; the first is the default.
    pub(super) languages: Vec<Said>,
    pub(super) policy: Option<Said>,
    pub(super) scope: Option<Said>,
    pub(super) expires_days: Option<Said<f64>>,
    /// By Kelisim's ids.
    pub(super) categories: IndexMap<String, Category>,
    pub(super) services: Vec<Service>,
    /// By language and Kelisim's key.
    pub(super) texts: IndexMap<(String, &'static str), Said>,
    pub(super) layout: Option<Said<&'static str>>,
    pub(super) position: Option<Said<&'static str>>,
    pub(super) theme: Option<Said<&'static str>>,
    /// What categories are called in the page, with Kelisim's ids.
    pub(super) names: IndexMap<String, String>,
    /// Do Not Track counts as a refusal.
    pub(super) refuses_by_do_not_track: bool,
    pub(super) left: Vec<Left>,
}

/// A category.
#[derive(Debug, Default)]
pub(super) struct Category {
    pub(super) from: Option<Origin>,
    pub(super) name: Words,
    pub(super) purpose: Words,
}

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) from: Origin,
    /// What it is called in the page.
    pub(super) called: String,
    /// Whether the page's own markup calls it so.
    pub(super) is_in_page: bool,
    pub(super) name: Words,
    pub(super) purpose: Words,
    /// Kelisim's id of its category; the catalogue's own where the product says nothing better.
    pub(super) category: Option<String>,
    pub(super) cookies: Vec<Said>,
    /// The addresses of what it loads, as far as they are known.
    pub(super) addresses: Vec<String>,
    /// The vendor, where the product itself says which.
    pub(super) vendor: Option<&'static str>,
    pub(super) parameters: IndexMap<&'static str, Said<Value>>,
}

impl Service {
    pub(super) fn new(called: &str, from: Origin) -> Service {
        Service {
            from,
            called: called.to_owned(),
            is_in_page: true,
            name: Words::new(),
            purpose: Words::new(),
            category: None,
            cookies: Vec::new(),
            addresses: Vec::new(),
            vendor: None,
            parameters: IndexMap::new(),
        }
    }
}

impl Service {
    /// A service that the product has no name for.
    pub(super) fn unnamed(called: &str, from: Origin) -> Service {
        Service {
            is_in_page: false,
            ..Service::new(called, from)
        }
    }
}

impl Draft {
    /// Something is left out.
    pub(super) fn leave(&mut self, from: Origin, why: impl Into<String>) {
        self.left.push(Left { from, why: why.into() });
    }

    /// The category that a name of theirs means, with a place in the draft. `None` for what needs no consent.
    pub(super) fn category(&mut self, theirs: &str, from: &Origin) -> Option<String> {
        let id = match meaning(theirs) {
            Meaning::Necessary => return None,
            Meaning::BuiltIn(id) => id.to_owned(),
            Meaning::Own => slug(theirs, "category"),
        };
        let category = self.categories.entry(id.clone()).or_default();
        category.from.get_or_insert_with(|| from.clone());
        if theirs != id {
            self.names.insert(theirs.to_owned(), id.clone());
        }
        Some(id)
    }

    /// The id of a category that is in the draft, by a name of theirs.
    pub(super) fn known_category(&self, theirs: &str) -> Option<String> {
        let id = match meaning(theirs) {
            Meaning::Necessary => return None,
            Meaning::BuiltIn(id) => id.to_owned(),
            Meaning::Own => slug(theirs, "category"),
        };
        self.categories.contains_key(&id).then_some(id)
    }

    /// Takes a category out again, which turns out to need no consent.
    pub(super) fn forget_category(&mut self, theirs: &str) {
        if let Some(id) = self.known_category(theirs) {
            self.categories.shift_remove(&id);
            self.names.shift_remove(theirs);
        }
    }

    /// A text of Kelisim's in a language, unless it has one.
    pub(super) fn text(&mut self, language: &str, key: &'static str, words: Option<Said>) {
        if let Some(words) = words {
            self.texts.entry((language.to_owned(), key)).or_insert(words);
        }
    }
}

/// Whether a name of theirs is that of one of Kelisim's own categories.
pub(super) fn is_built_in(theirs: &str) -> bool {
    matches!(meaning(theirs), Meaning::BuiltIn(_))
}

/// What a category of theirs is here.
enum Meaning {
    Necessary,
    BuiltIn(&'static str),
    Own,
}

/// What each is called elsewhere, in small letters without what stands between words.
const CALLED: [(&str, &[&str]); 6] = [
    (
        "necessary",
        &[
            "necessary",
            "essential",
            "strictlynecessary",
            "required",
            "mandatory",
            "technical",
            "security",
            "needed",
        ],
    ),
    (
        "functional",
        &[
            "functional",
            "functionality",
            "preferences",
            "preference",
            "personalization",
            "support",
            "chat",
            "livechat",
            "comment",
            "comments",
            "convenience",
        ],
    ),
    (
        "analytics",
        &[
            "analytics",
            "analytic",
            "statistics",
            "statistic",
            "stats",
            "performance",
            "measurement",
            "metrics",
            "audience",
        ],
    ),
    (
        "replay",
        &[
            "replay",
            "sessionreplay",
            "recording",
            "sessionrecording",
            "heatmap",
            "heatmaps",
        ],
    ),
    (
        "marketing",
        &[
            "marketing",
            "ads",
            "ad",
            "advertising",
            "advertisement",
            "advertisements",
            "advertisment",
            "targeting",
            "social",
            "socialmedia",
            "remarketing",
            "retargeting",
        ],
    ),
    (
        "media",
        &[
            "media",
            "video",
            "videos",
            "embed",
            "embeds",
            "externalmedia",
            "maps",
            "map",
            "multimedia",
        ],
    ),
];

fn meaning(theirs: &str) -> Meaning {
    let theirs = bare(theirs);
    let known = CALLED.into_iter().find(|(_, names)| names.contains(&theirs.as_str()));
    match known {
        Some(("necessary", _)) => Meaning::Necessary,
        Some((id, _)) => Meaning::BuiltIn(id),
        None => Meaning::Own,
    }
}

/// Small letters and digits of a name, and nothing else.
pub(super) fn bare(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// An id of Kelisim's for a name of theirs: `google-maps` for `googleMaps`.
pub(super) fn slug(name: &str, otherwise: &str) -> String {
    let mut id = String::new();
    let mut was_small = false;
    for letter in name.chars().take(60) {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && was_small {
                id.push('-');
            }
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        was_small = letter.is_ascii_lowercase();
    }
    let id = id.trim_matches('-');
    if id.starts_with(|first: char| first.is_ascii_lowercase()) {
        id.to_owned()
    } else {
        format!("{otherwise}-{id}").trim_end_matches('-').to_owned()
    }
}

/// Why something that only a browser would know is left.
fn code(code: Code) -> &'static str {
    match code {
        Code::Function => {
            "A function, which nobody runs here: a page hears of an answer by the event `kelisim:decision`, and waits with `kelisim.ready`."
        }
        Code::Expression => "An expression, which nobody works out here: only what is written out can be taken over.",
    }
}

/// An object of theirs, from which is taken what means something.
#[derive(Debug)]
pub(super) struct Members {
    members: IndexMap<String, Node>,
}

impl Members {
    /// The members of an object; of anything else none, and it is left.
    pub(super) fn of(node: Node, draft: &mut Draft) -> Members {
        let members = match node.literal {
            Literal::Members(members) => members,
            Literal::Nothing => IndexMap::new(),
            other => {
                leave(&other, node.from, draft);
                IndexMap::new()
            }
        };
        Members { members }
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// A member, if it is there.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        self.members.shift_remove(key)
    }

    /// A member that is an object.
    pub(super) fn members(&mut self, key: &str, draft: &mut Draft) -> Members {
        match self.take(key) {
            Some(node) => Members::of(node, draft),
            None => Members {
                members: IndexMap::new(),
            },
        }
    }

    /// The items of a member that is a list.
    pub(super) fn list(&mut self, key: &str, draft: &mut Draft) -> Vec<Node> {
        match self.take(key) {
            Some(Node {
                literal: Literal::List(items),
                ..
            }) => items,
            Some(other) => {
                leave(&other.literal, other.from, draft);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A member that is a text and says something.
    pub(super) fn text(&mut self, key: &str, draft: &mut Draft) -> Option<Said> {
        text(self.take(key)?, draft)
    }

    /// A member that is a number.
    pub(super) fn number(&mut self, key: &str, draft: &mut Draft) -> Option<Said<f64>> {
        let node = self.take(key)?;
        match node.literal {
            Literal::Number(value) => Some(Said { value, from: node.from }),
            other => {
                leave(&other, node.from, draft);
                None
            }
        }
    }

    /// Whether a member is `true`; it is taken in any case.
    pub(super) fn is_true(&mut self, key: &str) -> bool {
        self.take(key).is_some_and(|node| node.literal == Literal::Truth(true))
    }

    /// What is there, each with its key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Node)> {
        self.members.iter()
    }

    /// What is left, each with its key.
    pub(super) fn rest(self) -> impl Iterator<Item = (String, Node)> {
        self.members.into_iter()
    }

    /// Leaves words of which nobody knows the language.
    pub(super) fn end_in_no_language(self, draft: &mut Draft) {
        for (_, node) in self.members {
            draft.leave(
                node.from,
                "In which language these words are is not said: write them under `texts`.",
            );
        }
    }

    /// Leaves the rest, each with what is known of the reason by its key.
    pub(super) fn end(self, reasons: &[(&str, &str)], draft: &mut Draft) {
        for (key, node) in self.members {
            let reason = reasons.iter().find(|(known, _)| *known == key).map(|(_, why)| *why);
            match (reason, node.literal) {
                (Some(why), _) => draft.leave(node.from, why),
                (None, literal) => leave(&literal, node.from, draft),
            }
        }
    }
}

/// A text that says something. What is empty says nothing, and nothing is said of it.
pub(super) fn text(node: Node, draft: &mut Draft) -> Option<Said> {
    match node.literal {
        Literal::Text(value) => (!value.trim().is_empty()).then_some(Said { value, from: node.from }),
        other => {
            leave(&other, node.from, draft);
            None
        }
    }
}

/// Leaves a value, and says what is to be said of its kind.
pub(super) fn leave(literal: &Literal, from: Origin, draft: &mut Draft) {
    match literal {
        Literal::Nothing => {}
        Literal::Code(kind) => draft.leave(from, code(*kind)),
        Literal::Name(_) => draft.leave(from, code(Code::Expression)),
        _ => draft.leave(from, "Kelisim has nothing of the kind."),
    }
}

/// A name of something stored: a text as it is, a regular expression as the glob that it means.
pub(super) fn cookie(node: Node, draft: &mut Draft) -> Option<Said> {
    let Node { literal, from } = node;
    let pattern = match literal {
        Literal::Pattern(pattern) => pattern,
        // Orejime and Klaro read a text between slashes as one.
        Literal::Text(name) if name.len() > 2 && name.starts_with('/') => {
            let end = name.rfind('/').unwrap_or_default();
            name.get(1..end).unwrap_or_default().to_owned()
        }
        Literal::Text(value) => return (!value.trim().is_empty()).then_some(Said { value, from }),
        // Name, path and domain: Kelisim removes a name on every path and parent domain.
        Literal::List(items) => return cookie(items.into_iter().next()?, draft),
        other => {
            leave(&other, from, draft);
            return None;
        }
    };
    let glob = glob_of(&pattern);
    if glob.is_none() {
        draft.leave(
            from,
            "A regular expression that no pattern with `*` says: name what it means, one by one.",
        );
        return None;
    }
    glob.map(|value| Said { value, from })
}
