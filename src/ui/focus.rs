//! Gives the keyboard to the control that stays, where a layer that had it is gone or the page has begun anew with a decision
//! (requirement A-09). It must not take it from anything of the page's.

use crate::page::document;
use crate::page::element::Element;

/// What may lose the keyboard: the page as a whole, and the control that stays while the first layer hides it.
const NOBODY: &str = "body,#kelisim-root>section~button";
/// What takes it: the first choice of a first layer, or the control that stays.
const TAKES: &str = ".kelisim-choice,[data-kelisim=reopen]";

/// Has somebody in the root take the keyboard, unless something of the page's has it.
pub(super) fn rescue(root: &Element) {
    let is_lost = document::active_element().is_none_or(|element| element.matches(NOBODY));
    if is_lost && let Some(control) = root.query_selector(TAKES) {
        control.focus();
    }
}
