//! Turns what the visitor does into events for the core. It listens on `window`, in the capture phase, so that no script of
//! the page can swallow a refusal on its way.
//!
//! Outside Kelisim's root only the ways to the settings and out of a consent are honoured: no attribute of a page can grant
//! anything (design, "what never bends").

use kelisim_site::Site;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::{Ui, filling};
use crate::consent::{Id, LanguageId};
use crate::page::element::Element;
use crate::page::{javascript, storage};
use crate::visit::{self, Control};

/// What was done to Kelisim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A control that decides was pressed.
    Control(Control),
    /// Something else happened, for which neither the moment nor chance matters.
    Event(visit::Event),
    /// Something that changes nothing of the visit.
    Nothing,
}

/// What a click means; `None` where it is none of Kelisim's business.
pub(crate) fn pressed(ui: &Ui, site: &Site, event: &Event) -> Option<Heard> {
    if is_on_backdrop(ui, event) {
        return Some(Heard::Event(visit::Event::CloseSettings));
    }
    let control = control_of(event)?;
    let is_inside = ui.contains(&control);
    Some(match control.attribute("data-kelisim-action")?.as_str() {
        "reject" => Heard::Control(Control::Reject),
        "withdraw" => Heard::Control(Control::Withdraw),
        "settings" => Heard::Event(visit::Event::OpenSettings),
        "accept" if !is_inside => Heard::Control(Control::Also(ui.id_in_placeholder(&control)?)),
        _ if !is_inside => return None,
        "accept" => Heard::Control(Control::Accept),
        "save" => Heard::Control(Control::Save),
        "close" => Heard::Event(visit::Event::CloseSettings),
        "language" => language(site, &control, event)?,
        "copy" => copy(ui),
        _ => return None,
    })
}

/// Only the visitor's own press is kept for the next pages (requirement P-17).
fn language(site: &Site, control: &Element, event: &Event) -> Option<Heard> {
    let tag = control.attribute("data-kelisim-language")?;
    let language = LanguageId::tagged(site, &tag)?;
    if event.is_trusted() {
        storage::keep_language(&tag);
    }
    Some(Heard::Event(visit::Event::Speak(language)))
}

fn copy(ui: &Ui) -> Heard {
    if let Some(field) = ui.record_field() {
        // Without a clipboard it is selected, and the visitor copies it.
        javascript::copy(&field).ok();
    }
    Heard::Nothing
}

/// Which switch was turned, and whether it is on; `None` for whatever else changed.
pub(crate) fn turned(ui: &Ui, site: &Site, event: &Event) -> Option<(Id, bool)> {
    let input = target_of(event)?;
    let id = Id::named(site, &filling::id_of(&input)?)?;
    ui.contains(&input)
        .then(|| (id, input.unchecked_ref::<HtmlInputElement>().checked()))
}

/// Whether the settings were closed, as by the Escape key.
pub(crate) fn closed(ui: &Ui, event: &Event) -> bool {
    target_of(event).is_some_and(|target| ui.contains(&target))
}

/// Whether something of the page's was edited.
pub(crate) fn edited(ui: &Ui, event: &Event) -> bool {
    target_of(event).is_some_and(|target| !ui.contains(&target))
}

/// Whether the page behind the settings was pressed: what they hold fills them, so whoever meets the dialog itself has met its
/// backdrop.
fn is_on_backdrop(ui: &Ui, event: &Event) -> bool {
    target_of(event).is_some_and(|target| target.matches("dialog") && ui.contains(&target))
}

/// The control that was pressed, also one inside an open shadow root, which is its host to whoever asks for the target
/// (requirement P-09).
fn control_of(event: &Event) -> Option<Element> {
    let mut path = event.composed_path().into_iter().map(JsCast::unchecked_into::<Element>);
    path.find(|element| element.matches("[data-kelisim-action]"))
}

/// What an event is about. What is no element answers nothing that it is asked.
fn target_of(event: &Event) -> Option<Element> {
    event.target().map(JsCast::unchecked_into)
}
