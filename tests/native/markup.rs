//! What the view draws as a tree that the tests walk: the elements of a layer as a machine sees them.

use kelisim::core::config::Config;
use kelisim::core::notice::texts::Texts;
use kelisim::core::state::State;
use kelisim::core::value::keep;
use kelisim::core::view::html::Html;
use kelisim::core::view::surface::Surface;
use kelisim::core::view::view;

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Markup {
    /// Name of the element, in lower case.
    pub(super) tag: &'static str,
    /// Its attributes, in the order in which they were given. A boolean attribute has an empty value.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// What stands in it.
    pub(super) children: Vec<Child>,
}

/// Something inside an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// Another element.
    Element(Markup),
    /// Words, which are never parsed.
    Text(String),
}

impl Markup {
    /// Everything that Kelisim shows in this state. The test fails unless that is one element, whole.
    pub(super) fn of(config: &Config, state: &State, languages: &[&'static Texts]) -> Markup {
        let mut tree = Tree::default();
        view(config, state, languages, &mut tree);
        assert!(tree.open.is_empty(), "every element ends");
        tree.root.unwrap()
    }

    /// The element as HTML on one line.
    pub(super) fn to_html(&self) -> String {
        self.written(Html::default())
    }

    /// The element as HTML with a line for every element.
    pub(super) fn to_indented_html(&self) -> String {
        self.written(Html::indented())
    }

    fn written(&self, mut html: Html) -> String {
        self.draw(&mut html);
        html.done()
    }

    fn draw(&self, surface: &mut dyn Surface) {
        surface.open(self.tag, "");
        for (name, value) in &self.attributes {
            surface.attribute(name, Some(value));
        }
        for child in &self.children {
            match child {
                Child::Element(element) => element.draw(surface),
                Child::Text(words) => surface.words(words),
            }
        }
        surface.close();
    }
}

/// Grows a tree out of what is drawn.
#[derive(Default)]
struct Tree {
    /// The elements around, the outermost first.
    open: Vec<Markup>,
    root: Option<Markup>,
}

impl Tree {
    fn innermost(&mut self) -> &mut Markup {
        self.open.last_mut().expect("everything stands in the one element")
    }
}

impl Surface for Tree {
    fn open(&mut self, tag: &str, _: &str) {
        assert!(self.root.is_none(), "a second element, {tag}, beside the first");
        self.open.push(Markup {
            tag: keep(tag.to_owned()).text(),
            attributes: Vec::new(),
            children: Vec::new(),
        });
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            let attribute = (keep(name.to_owned()).text(), value.to_owned());
            self.innermost().attributes.push(attribute);
        }
    }

    fn words(&mut self, words: &str) {
        self.innermost().children.push(Child::Text(words.to_owned()));
    }

    fn close(&mut self) {
        let element = self.open.pop().unwrap();
        match self.open.last_mut() {
            Some(around) => around.children.push(Child::Element(element)),
            None => self.root = Some(element),
        }
    }
}

impl Markup {
    /// Reads HTML of which every element has its end, as a browser does: what the owner's tool prints. The test fails where
    /// it is not one element.
    pub(super) fn read(html: &str) -> Markup {
        let mut tree = Tree::default();
        let mut rest = html;
        while let Some((words, after)) = rest.split_once('<') {
            if !words.is_empty() {
                tree.words(&unescaped(words));
            }
            let (tag, after) = after.split_once('>').unwrap();
            rest = after;
            if tag.starts_with('/') {
                tree.close();
            } else {
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                tree.open(name, "");
                read_attributes(attributes, &mut tree);
            }
        }
        assert_eq!(rest, "", "nothing stands behind the element");
        tree.root.unwrap()
    }

    /// The same without words of which there are none: no HTML has them, and nobody sees them.
    pub(super) fn without_empty_words(mut self) -> Markup {
        self.children = self
            .children
            .into_iter()
            .filter_map(|child| match child {
                Child::Element(element) => Some(Child::Element(element.without_empty_words())),
                Child::Text(words) => (!words.is_empty()).then_some(Child::Text(words)),
            })
            .collect();
        self
    }
}

/// Reads attributes, each with a value in double quotes or with none.
fn read_attributes(written: &str, tree: &mut Tree) {
    let mut rest = written;
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"').unwrap(),
            None => ("", after),
        };
        tree.attribute(name, Some(&unescaped(value)));
        rest = after.trim_start();
    }
}

fn unescaped(html: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (written, meant)| text.replace(written, meant))
}
