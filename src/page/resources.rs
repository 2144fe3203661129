//! What the browser has fetched for the page, by its own list. It must not judge.

use web_sys::Url;

/// Whether the page has fetched what is at an address, which may be relative to its base. A browser keeps a list of some
/// hundred resources; what it does not list counts as not fetched.
pub(crate) fn has_fetched(address: &str) -> bool {
    let found = || {
        let window = web_sys::window()?;
        let base = window.document()?.base_uri().ok()??;
        let whole = Url::new_with_base(address, &base).ok()?.href();
        Some(window.performance()?.get_entries_by_name(&whole).length() > 0)
    };
    found().unwrap_or(false)
}
