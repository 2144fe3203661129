//! What each layer says, without a document: the words, the links and the state of the switches.
//!
//! The view is made from the configuration and the state; `ui` draws it and adds nothing to it. So what is shown, what
//! is hashed as the notice and what is stored come from one place.

mod compose;

pub use compose::view;

/// Everything Kelisim shows at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// BCP 47 tag of the language of every text in the view, for `lang` on the root (WCAG 3.1.2).
    pub language: String,
    /// `ltr` or `rtl`, for `dir` on the root.
    pub direction: String,
    /// The question; absent when there is nothing to ask.
    pub first_layer: Option<FirstLayer>,
    /// The settings; absent while they are closed.
    pub settings: Option<Settings>,
    /// Accessible name and tooltip of the control that stays on the page.
    pub reopen: String,
    /// The text of the status line; empty until a decision was made here.
    pub status: String,
}

/// The first layer: asks once, in plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstLayer {
    /// Accessible name of the region.
    pub label: String,
    /// The heading.
    pub title: String,
    /// What is asked and why, in two or three sentences.
    pub lead: String,
    /// What changed since the last decision, when that is why the visitor is asked again.
    pub changed: Option<String>,
    /// Each optional purpose with those who receive data for it: named before Accept (Planet49, requirement F-07).
    pub purposes: Vec<Purpose>,
    /// The owner's policy.
    pub policy: Link,
    /// The offered languages; with one only, none is listed.
    pub languages: Vec<LanguageChoice>,
    /// Label of the refusal, equal in every respect to `accept`.
    pub reject: String,
    /// Label of the grant.
    pub accept: String,
    /// Label of the way to the settings.
    pub settings: String,
}

/// A purpose as the first layer names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Purpose {
    /// Name of the category.
    pub name: String,
    /// Who receives data for it: service, recipient and country in one phrase, one per service.
    pub recipients: Vec<String>,
}

/// A link whose scheme has been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it is called.
    pub text: String,
    /// Where it leads: `https:`, `mailto:` or relative.
    pub href: String,
}

/// One language in the row that switches between them.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageChoice {
    /// BCP 47 tag.
    pub tag: String,
    /// The language's name in itself.
    pub name: String,
    /// Whether the view is in this language now.
    pub current: bool,
}

/// The second layer: the whole notice, and a switch for every purpose and every service.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The heading, and accessible name of the dialog.
    pub title: String,
    /// One or two sentences under the heading.
    pub lead: String,
    /// Accessible name of the control that leaves without deciding.
    pub close: String,
    /// The offered languages; with one only, none is listed.
    pub languages: Vec<LanguageChoice>,
    /// Accessible name of the row of languages.
    pub languages_label: String,
    /// What always runs, and why.
    pub necessary: Necessary,
    /// The optional purposes.
    pub categories: Vec<CategoryChoice>,
    /// Heading of the facts below.
    pub facts_title: String,
    /// Operator, policy, term, transfers, effect of a refusal, withdrawal.
    pub facts: Vec<Fact>,
    /// Label of the refusal; absent when there is nothing optional.
    pub reject: Option<String>,
    /// Label that stores the switches as they stand; absent when there is nothing optional.
    pub save: Option<String>,
    /// Label of the grant of everything; absent when there is nothing optional.
    pub accept: Option<String>,
    /// Label of the withdrawal; present while something is granted.
    pub withdraw: Option<String>,
}

/// The category that needs no consent and has no switch.
#[derive(Clone, Debug, PartialEq)]
pub struct Necessary {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The words in the place of a switch: "always on".
    pub state: String,
}

/// One optional category in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryChoice {
    /// Its id, for `data-kelisim-category`.
    pub id: String,
    /// Its name, which is the label of the switch and does not change with its state.
    pub name: String,
    /// Its specific purpose.
    pub purpose: String,
    /// The state of the switch.
    pub on: bool,
    /// Its services.
    pub services: Vec<ServiceChoice>,
}

/// One service in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceChoice {
    /// Its id, for `data-kelisim-service`.
    pub id: String,
    /// Its name, which is the label of the switch.
    pub name: String,
    /// The state of the switch.
    pub on: bool,
    /// Recipient and country in one phrase, always visible.
    pub summary: String,
    /// Label of the disclosure that holds `facts` and `storage`.
    pub details: String,
    /// Purpose, recipient, country, data collected, the recipient's own policy.
    pub facts: Vec<Fact>,
    /// Caption of the table of stored names.
    pub storage_title: String,
    /// Column headings: name, place, purpose, lifetime.
    pub storage_columns: [String; 4],
    /// What the service stores: name, place, purpose, lifetime.
    pub storage: Vec<[String; 4]>,
}

/// One line of the notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Which item of the notice this is (`operator`, `term`, `third-parties`, …), the same in every language.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// What it says; several parts stand on lines of their own.
    pub parts: Vec<Part>,
}

/// A piece of a [`Fact`].
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A link.
    Link(Link),
}
