//! The root with its layers, as a state asks for them: the first layer, the settings, the control that stays, the status
//! line. All of them are the compiler's HTML; nothing is built here, and nothing is decided.

use std::cell::{Cell, RefCell};

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::place_of_reading::PlaceOfReading;
use super::placeholder::Placeholders;
use super::room::Room;
use super::{Scene, element_of, filling, focus, root};
use crate::consent::{Id, LanguageId};
use crate::page::element::{Element, Node};

const BANNER: &str = "[data-kelisim=banner]";
const SETTINGS: &str = "dialog";
const REOPEN: &str = "[data-kelisim=reopen]";
const STATUS: &str = "[data-kelisim=status]";
/// Of a status line that was there long enough to be read.
const FADED: &str = "data-kelisim-faded";

/// What Kelisim shows in a document.
#[derive(Debug, Default)]
pub struct Ui {
    /// It stands outside the page until there is a body.
    root: RefCell<Option<Element>>,
    /// Heard in the root, for as long as it is known.
    listeners: RefCell<Vec<EventListener>>,
    /// The HTML of the settings in each language whose file has come.
    settings: RefCell<Vec<(LanguageId, String)>>,
    placeholders: Placeholders,
    room: Room,
    /// The keyboard is to go to the control that stays, as soon as that is in the page.
    is_focus_wanted: Cell<bool>,
}

impl Ui {
    /// With the root that the loader shows already, if it does.
    pub fn new(root: Option<Element>) -> Ui {
        let ui = Ui::default();
        if let Some(root) = root {
            ui.know(root);
        }
        ui
    }

    /// The settings in a language have come.
    pub fn keep_settings(&self, language: LanguageId, html: String) {
        self.settings.borrow_mut().push((language, html));
    }

    /// Has the first layer stand in the page.
    pub fn show_first_layer(&self, scene: Scene) {
        if let Some(root) = self.root(scene)
            && root.query_selector(BANNER).is_none()
            && let Some(banner) = part_of_root(scene, BANNER)
        {
            root.prepend(&banner);
        }
        self.fill(scene);
    }

    /// Takes the first layer out of the page.
    pub fn remove_first_layer(&self) {
        if let Some(root) = self.known_root() {
            remove(&root, BANNER);
        }
    }

    /// Takes the layers out: somebody decided. The control that stays is hidden beside the first layer and comes with the next
    /// filling: shown in the same frame, it would have the page laid out for it before that frame can be painted.
    pub fn remove_layers(&self) {
        let Some(root) = self.known_root() else { return };
        if let Some(reopen) = root.query_selector(REOPEN)
            && root.query_selector(BANNER).is_some()
        {
            reopen.toggle_attribute("hidden", true);
        }
        remove(&root, BANNER);
        close(&root);
    }

    /// Has the settings stand open, as a true modal.
    pub fn open_settings(&self, scene: Scene) {
        let Some(root) = self.root(scene) else { return };
        if root.query_selector(SETTINGS).is_none()
            && let Some(dialog) = self.settings(scene)
        {
            root.append(&dialog);
        }
        self.fill(scene);
    }

    /// Closes the settings, which gives the keyboard back to what opened them.
    pub fn close_settings(&self) {
        if let Some(root) = self.known_root() {
            close(&root);
        }
    }

    /// Puts the HTML of the state's language in the place of what is shown. The status line stays the element that it is, or
    /// no screen reader would hear of it.
    pub fn speak(&self, scene: Scene) {
        self.placeholders.speak(scene);
        let Some(root) = self.known_root() else { return };
        let Some(drawn) = drawn_root(scene) else { return };
        let place = PlaceOfReading::in_element(&root);
        copy_attributes(&root, &drawn);
        for part in [BANNER, REOPEN] {
            if let (Some(old), Some(new)) = (root.query_selector(part), drawn.query_selector(part)) {
                take_over(&old, &new);
            }
        }
        if let (Some(dialog), Some(new)) = (root.query_selector(SETTINGS), self.settings(scene)) {
            replace_content(&dialog, &new);
        }
        filling::announce(&root, scene);
        self.fill(scene);
        place.restore(&root);
    }

    /// Brings whatever is shown in line with the state.
    pub fn fill(&self, scene: Scene) {
        let Some(root) = self.root(scene) else { return };
        if !scene.state.asks() {
            remove(&root, BANNER);
        }
        filling::fill(&root, scene, None);
        if let Some(reopen) = root.query_selector(REOPEN) {
            reopen.toggle_attribute("hidden", false);
        }
        self.placeholders.fill(scene);
        self.mount(scene);
    }

    /// Puts the root into the page, if somebody took it out or there was no page yet. Whether it is there.
    pub fn mount(&self, scene: Scene) -> bool {
        let Some(root) = self.known_root() else { return false };
        let is_mounted = root::mount(&root, scene.state.asks());
        if let Some(dialog) = root.query_selector("dialog:not([open])") {
            dialog.unchecked_ref::<HtmlDialogElement>().show_modal().ok();
        }
        if is_mounted && self.is_focus_wanted.take() {
            focus::rescue(&root);
        }
        is_mounted
    }

    /// Whether the root is in the page.
    pub fn is_mounted(&self) -> bool {
        self.known_root().is_some_and(|root| root.is_connected())
    }

    /// Makes room for the first layer, in a frame.
    pub fn make_room(&self) {
        if let Some(root) = self.known_root() {
            self.room.make(&root);
        }
    }

    /// Has the status line say what the state says.
    pub fn announce(&self, scene: Scene) {
        if let Some(root) = self.known_root() {
            filling::announce(&root, scene);
            if let Some(status) = root.query_selector(STATUS) {
                status.remove_attribute(FADED);
            }
        }
    }

    /// Has the status line fade from the page. A screen reader still finds its words.
    pub fn fade_status(&self) {
        if let Some(status) = self.known_root().and_then(|root| root.query_selector(STATUS)) {
            status.set_attribute(FADED, "");
        }
    }

    /// Has the control that stays take the keyboard, unless something of the page's has it.
    pub fn rescue_focus(&self) {
        match self.known_root().filter(|root| root.is_connected()) {
            Some(root) => focus::rescue(&root),
            None => self.is_focus_wanted.set(true),
        }
    }

    /// Has a placeholder stand before each embed that waits. Whether one does.
    pub fn stand_in(&self, waiting: &[Element], scene: Scene) -> bool {
        self.placeholders.stand_in(waiting, scene)
    }

    /// Takes away what stands before elements that were started.
    pub fn displace(&self, started: &[Element]) {
        self.placeholders.displace(started);
    }

    /// Takes away what a page has copied of Kelisim's, or put back of an earlier document, and what stands in for nothing any
    /// more. Whether a placeholder has lost its place.
    pub fn tidy(&self, copies: Vec<Element>) -> bool {
        let root = self.known_root();
        let (roots, placeholders): (Vec<_>, Vec<_>) = copies.into_iter().partition(|copy| copy.matches(root::ROOT));
        for copy in roots {
            if root.as_ref().is_some_and(|root| *root != copy) {
                copy.take_out();
            }
        }
        self.placeholders.tidy(&placeholders)
    }

    /// Puts placeholders back that have lost their place.
    pub fn put_placeholders_back(&self) {
        self.placeholders.put_back();
    }

    /// Gives each placeholder the box that its embed has by now.
    pub fn fit_placeholders(&self) {
        self.placeholders.fit();
    }

    /// What a control in a placeholder would grant.
    pub fn id_in_placeholder(&self, control: &Element) -> Option<Id> {
        self.placeholders.id_of(control)
    }

    /// Whether a node is Kelisim's own.
    pub fn contains(&self, node: &Node) -> bool {
        self.known_root().is_some_and(|root| root.contains(node))
    }

    /// The field with the visitor's record.
    pub fn record_field(&self) -> Option<Element> {
        self.known_root()?.query_selector("textarea")
    }

    fn known_root(&self) -> Option<Element> {
        self.root.borrow().clone()
    }

    /// The root, drawn when it is first needed.
    fn root(&self, scene: Scene) -> Option<Element> {
        if let Some(root) = self.known_root() {
            return Some(root);
        }
        let root = drawn_root(scene)?;
        remove(&root, BANNER);
        self.know(root.clone());
        Some(root)
    }

    fn know(&self, root: Element) {
        self.listeners.replace(root::keep_scrolling(&root));
        self.root.replace(Some(root));
    }

    /// The settings in the state's language, drawn anew.
    fn settings(&self, scene: Scene) -> Option<Element> {
        let language = scene.state.language();
        let kept = self.settings.borrow();
        let (_, html) = kept.iter().find(|(known, _)| *known == language)?;
        element_of(html)
    }
}

fn drawn_root(scene: Scene) -> Option<Element> {
    element_of(&scene.state.language().of(scene.site)?.first_layer)
}

fn part_of_root(scene: Scene, part: &str) -> Option<Element> {
    drawn_root(scene)?.query_selector(part)
}

fn remove(root: &Element, part: &str) {
    if let Some(part) = root.query_selector(part) {
        part.take_out();
    }
}

fn close(root: &Element) {
    if let Some(dialog) = root.query_selector(SETTINGS) {
        dialog.unchecked_ref::<HtmlDialogElement>().close();
        dialog.take_out();
    }
}

/// Gives an element the attributes and the content of another.
pub(super) fn take_over(element: &Element, other: &Element) {
    copy_attributes(element, other);
    replace_content(element, other);
}

fn copy_attributes(element: &Element, other: &Element) {
    for name in other.attribute_names() {
        element.set_attribute(&name, &other.attribute(&name).unwrap_or_default());
    }
}

fn replace_content(element: &Element, other: &Element) {
    element.set_text("");
    while let Some(child) = other.first_child() {
        element.append(&child);
    }
}
