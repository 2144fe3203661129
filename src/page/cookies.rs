//! `document.cookie`: lists cookies, and assigns those whose form the core gives. Where cookies are denied there are none.
//! It must not know what a cookie says.

use crate::consent::purge::cookies as listed;
use crate::page::document;

/// Every cookie that the page can see, as the page has them; to find out whether something changed.
pub fn all() -> String {
    document::cookie()
}

/// The values of every cookie of a name, as they were written. A browser may hold several, of several domains and paths.
pub fn named(name: &str) -> Vec<String> {
    let all = all();
    listed(&all)
        .filter(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
        .collect()
}

/// Sets a cookie, given as it is assigned to `document.cookie`, and says whether it is there afterwards.
pub fn write(cookie: &str) -> bool {
    document::set_cookie(cookie);
    let pair = cookie.split(';').next().unwrap_or_default();
    all().split(';').any(|found| found.trim_start() == pair)
}

/// Assigns every form in which a cookie can lie, to remove it in each. A form that a browser does not take does no harm.
pub fn remove<'a>(forms: impl IntoIterator<Item = &'a str>) {
    for form in forms {
        document::set_cookie(form);
    }
}

/// Removes a cookie in one form, and says whether it lay there in that form, which nothing else can tell.
pub(crate) fn took(form: &str) -> bool {
    let before = all();
    document::set_cookie(form);
    all() != before
}
