//! What the loader hands over, and what the module may ask of it: a closed set, typed. The page never sees it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::element::Element;

#[wasm_bindgen]
extern "C" {
    /// What the loader found when it began.
    #[derive(Clone, Debug)]
    pub type Surroundings;

    /// The compiled site, as it stands in the script.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn site(this: &Surroundings) -> JsValue;

    /// The BCP 47 tag of the language to begin with; one of the site's.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn language(this: &Surroundings) -> String;

    /// The HTML of the settings in that language, where their file has come.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn settings(this: &Surroundings) -> Option<String>;

    /// The root with the first layer, where the loader shows it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn root(this: &Surroundings) -> Option<Element>;

    /// The visitor pressed on a first layer that had to go.
    #[wasm_bindgen(method, getter, js_name = pressedInVain)]
    pub(crate) fn pressed_in_vain(this: &Surroundings) -> bool;

    /// The name of the data layer of Google's; nothing where the page has switched consent mode off.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn layer(this: &Surroundings) -> Option<String>;

    /// The nonce of the tag; empty where it has none.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn nonce(this: &Surroundings) -> String;

    /// Adopts Kelisim's styles anew, where a page has dropped them.
    #[wasm_bindgen(method, js_name = adoptLost)]
    pub(crate) fn adopt_lost(this: &Surroundings);

    /// Fetches the settings in a language, and adopts their styles: a promise of their HTML.
    #[wasm_bindgen(method, js_name = fetchSettings)]
    pub(crate) fn fetch_settings(this: &Surroundings, tag: &str) -> Promise;
}
