//! The address of the page, as far as a visit depends on it. `location` cannot be shadowed, and no `<base>` changes it. It
//! decides nothing.

use web_sys::Location;

/// The host without its port; empty for a page without one.
pub fn host() -> String {
    location()
        .and_then(|location| location.hostname().ok())
        .unwrap_or_default()
}

/// The path, which begins with `/`.
pub fn path() -> String {
    location()
        .and_then(|location| location.pathname().ok())
        .unwrap_or_default()
}

/// Whether the page came by https, so that a cookie may be `Secure`.
pub fn is_secure() -> bool {
    location()
        .and_then(|location| location.protocol().ok())
        .is_some_and(|protocol| protocol == "https:")
}

/// The address of a path of this site, whole, whatever `<base>` a page has (requirement P-18).
pub(crate) fn of_site(path: &str) -> Option<String> {
    let mut address = location()?.origin().ok()?;
    address.push_str(path);
    Some(address)
}

/// Loads the page anew.
pub fn reload() {
    if let Some(location) = location() {
        location.reload().ok();
    }
}

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}
