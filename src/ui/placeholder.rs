//! What stands in a page where an embed waits, in its place and with its box: whose it is, where the data would go, and two
//! equal controls. It must not decide which embeds wait.
//!
//! Its life hangs on the document (requirement P-02): it goes with its embed, whoever takes that out, and what a page has
//! copied or kept of one is no placeholder. Only what was drawn here grants anything.

use std::cell::RefCell;

use super::place_of_reading::PlaceOfReading;
use super::{Scene, element_of, embed_box, filling};
use crate::consent::{CategoryId, Id, ServiceId};
use crate::page::document;
use crate::page::element::Element;
use crate::visit::Embed;

/// What a page embeds, and a visitor would see an empty place without; of a template the owner says so by its category.
const EMBEDS: &str = "iframe,video,audio,object,embed,template[data-category=media]";

/// An embed that waits, and what stands before it.
#[derive(Clone, Debug)]
struct Placeholder {
    waiting: Element,
    standing: Element,
    embed: Embed,
}

impl Placeholder {
    /// It stands right before its embed, which is hidden by that.
    fn is_in_place(&self) -> bool {
        self.standing.next_element().as_ref() == Some(&self.waiting)
    }

    fn put_in_place(&self) {
        if !self.is_in_place() {
            self.waiting.precede(&self.standing);
        }
    }
}

/// All of a document.
#[derive(Debug, Default)]
pub(super) struct Placeholders(RefCell<Vec<Placeholder>>);

impl Placeholders {
    /// Has a placeholder stand before each of these that waits, if a visitor would miss something there. Whether one does.
    pub(super) fn stand_in(&self, elements: &[Element], scene: Scene) -> bool {
        let mut stands = false;
        for element in elements.iter().filter(|element| is_embed(element)) {
            stands |= self.stand_in_for(element, scene);
        }
        stands
    }

    fn stand_in_for(&self, element: &Element, scene: Scene) -> bool {
        let Some(embed) = embed_of(element, scene) else {
            return false;
        };
        let known = self.0.borrow().iter().find(|known| known.waiting == *element).cloned();
        if let Some(known) = known.filter(|known| known.embed == embed) {
            known.put_in_place();
            return true;
        }
        // Of another category than before.
        self.displace(std::slice::from_ref(element));
        let Some(standing) = html(scene) else { return false };
        filling::fill(&standing, scene, Some(embed));
        if !embed_box::give(&standing, element) {
            return false;
        }
        element.precede(&standing);
        let waiting = element.clone();
        self.0.borrow_mut().push(Placeholder {
            waiting,
            standing,
            embed,
        });
        true
    }

    /// Takes away copies of placeholders, and those whose embed has left the page: whoever takes an embed out takes it to where
    /// Kelisim has no business. Whether one that is left has lost its place.
    pub(super) fn tidy(&self, copies: &[Element]) -> bool {
        for copy in copies.iter().filter(|copy| !self.knows(copy)) {
            copy.take_out();
        }
        let (left, lost): (Vec<_>, Vec<_>) = self.0.take().into_iter().partition(|one| one.waiting.is_connected());
        self.0.replace(left);
        for placeholder in lost {
            placeholder.standing.take_out();
        }
        !self.all().iter().all(Placeholder::is_in_place)
    }

    /// Puts those back that have lost their place.
    pub(super) fn put_back(&self) {
        for placeholder in self.all() {
            placeholder.put_in_place();
        }
    }

    /// Gives each the box that its embed has by now.
    pub(super) fn fit(&self) {
        for placeholder in self.all() {
            embed_box::renew(&placeholder.standing, &placeholder.waiting);
        }
    }

    /// Takes away what stands before these: they were started. The keyboard goes on with them, if it was in it.
    pub(super) fn displace(&self, elements: &[Element]) {
        let is_displaced = |known: &Placeholder| elements.contains(&known.waiting);
        let (displaced, left) = self.0.take().into_iter().partition(is_displaced);
        self.0.replace(left);
        let displaced: Vec<Placeholder> = displaced;
        for placeholder in displaced {
            let active = document::active_element();
            let has_focus = active.is_some_and(|active| placeholder.standing.contains(&active));
            let next = placeholder.standing.next_element().filter(|_| has_focus);
            placeholder.standing.take_out();
            if let Some(next) = next {
                next.focus();
            }
        }
    }

    /// Brings all of them in line with the state.
    pub(super) fn fill(&self, scene: Scene) {
        for placeholder in self.all() {
            filling::fill(&placeholder.standing, scene, Some(placeholder.embed));
        }
    }

    /// Draws all of them in another language.
    pub(super) fn speak(&self, scene: Scene) {
        for placeholder in self.all() {
            let Some(drawn) = html(scene) else { return };
            let place = PlaceOfReading::in_element(&placeholder.standing);
            super::layers::take_over(&placeholder.standing, &drawn);
            filling::fill(&placeholder.standing, scene, Some(placeholder.embed));
            place.restore(&placeholder.standing);
        }
    }

    /// What a control in a placeholder would grant.
    pub(super) fn id_of(&self, control: &Element) -> Option<Id> {
        let standing = control.closest("[data-kelisim=placeholder]")?;
        let known = self.all().into_iter().find(|known| known.standing == standing)?;
        Some(known.embed.id())
    }

    fn all(&self) -> Vec<Placeholder> {
        self.0.borrow().clone()
    }

    fn knows(&self, standing: &Element) -> bool {
        self.0.borrow().iter().any(|known| known.standing == *standing)
    }
}

fn is_embed(element: &Element) -> bool {
    let holds_embed = || {
        let inside = element
            .content()
            .and_then(|content| content.query_selector(EMBEDS).ok());
        inside.flatten().is_some()
    };
    element.matches(EMBEDS) || element.matches("template") && holds_embed()
}

fn embed_of(element: &Element, scene: Scene) -> Option<Embed> {
    let category = CategoryId::named(scene.site, &element.attribute("data-category")?)?;
    let service = element.attribute("data-service");
    let service = service.and_then(|service| ServiceId::named(scene.site, &service));
    Some(Embed { category, service })
}

fn html(scene: Scene) -> Option<Element> {
    element_of(&scene.state.language().of(scene.site)?.placeholder)
}
