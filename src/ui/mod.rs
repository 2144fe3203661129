//! Takes the compiled HTML into the page, fills its places, and turns what the visitor does into events. It decides
//! nothing, and adds no word of its own.
//!
//! | | |
//! |---|---|
//! | [`Ui`]: the root with its layers, as a state asks for them | `layers.rs` |
//! | where the root stands in a page | `root.rs` |
//! | places, conditions and switches in the HTML | `filling.rs` |
//! | what stands in for an embed, and with which box | `placeholder.rs`, `embed_box.rs` |
//! | who has the keyboard; focus, open details and scrolling over a change of language | `focus.rs`, `place_of_reading.rs` |
//! | the room that a first layer takes on a page | `room.rs` |
//! | clicks and switches as events | `listen.rs` |

mod embed_box;
mod filling;
mod focus;
mod layers;
pub(crate) mod listen;
mod place_of_reading;
mod placeholder;
mod room;
mod root;

pub use layers::Ui;

use kelisim_site::Site;
use wasm_bindgen::JsCast;

use crate::page::element::Element;
use crate::page::javascript::fragment;
use crate::visit::State;

/// What of Kelisim's own a page may copy, keep, and put back dead.
pub(crate) const COPIED: &str = ":root>#kelisim-root,body>#kelisim-root,.kelisim-embed[data-kelisim=placeholder]";

/// What is shown, and by which site.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The site.
    pub site: &'a Site,
    /// What holds in the document.
    pub state: &'a State,
}

/// This build's own HTML as the one element that it is. Nothing else is ever handed to it.
fn element_of(html: &str) -> Option<Element> {
    let inside = fragment(html).ok()?;
    Some(inside.first_element_child()?.unchecked_into())
}
