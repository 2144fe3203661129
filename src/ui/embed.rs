//! Draws the placeholder that stands in a page where a video, a map or a post waits for a permission: whose it is, where
//! the data would go, and two equal controls. It decides nothing.

use super::draw::Painter;
use crate::browser::host;
use crate::browser::names::name;
use crate::browser::object::Object;
use crate::core::config::Config;
use crate::core::state::State;
use crate::core::view::placeholder;

/// What a page embeds, and a visitor would see an empty place without; of a template the owner says so by its category.
const EMBEDS: Object = name!("iframe,video,audio,object,embed,template[data-category=media]");

/// Puts a placeholder before an element that waits, if a visitor would miss something there. Whether one stands there.
pub fn stand_in(element: Object, config: &Config, state: &State) -> bool {
    if !element.is(EMBEDS) && !element.get(name!("content")).find(EMBEDS).exists() {
        return false;
    }
    let place = host::place(element);
    // It is drawn once for a language: a page may change as often as it likes.
    if place.attribute(name!("lang")) != Some(state.texts.language()) {
        let category = element.attribute(name!("data-category")).unwrap_or_default();
        let service = element.attribute(name!("data-service"));
        placeholder(config, state.texts, category, service, &mut Painter::of(place));
    }
    true
}
