//! The ways in which a cookie can have been set on a page, and how it is removed, or set anew, in each.
//!
//! Domain and path have to be those with which a cookie was set, and scripts cannot see them: so it is removed from the
//! host alone and from every domain above it, and on each of them from every path that leads to the page (requirement
//! W-03). A partitioned cookie goes only as such, and a name with a prefix only as a secure one; a form that a browser does
//! not take does no harm.

use crate::consent::push_number;

/// A domain and a path on which a cookie may lie, and its kind, as they stand in a cookie after its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieScope(String);

impl CookieScope {
    fn new(path: &str, domain: &str, kind: &str) -> CookieScope {
        let mut scope = String::new();
        scope.push_str(";path=");
        scope.push_str(path);
        if !domain.is_empty() {
            scope.push_str(";domain=");
            scope.push_str(domain);
        }
        scope.push_str(kind);
        CookieScope(scope)
    }

    /// What is assigned to `document.cookie` to remove the cookie of this name.
    pub fn removal(&self, name: &str) -> String {
        self.cookie(name, "", 0)
    }

    /// What is assigned to set it anew where it lay, for so many seconds.
    pub fn renewal(&self, name: &str, value: &str, seconds: u64) -> String {
        self.cookie(name, value, seconds)
    }

    fn cookie(&self, name: &str, value: &str, seconds: u64) -> String {
        let mut cookie = String::new();
        cookie.push_str(name);
        cookie.push('=');
        cookie.push_str(value);
        cookie.push_str(";max-age=");
        push_number(&mut cookie, seconds, 1);
        cookie.push_str(&self.0);
        cookie
    }
}

/// Every way in which a cookie can have been set that a page on this host and path sees.
pub fn scopes(host: &str, path: &str) -> Vec<CookieScope> {
    let mut scopes = Vec::new();
    for domain in domains(host) {
        for path in paths(path) {
            for kind in ["", ";secure", ";secure;partitioned"] {
                scopes.push(CookieScope::new(path, domain, kind));
            }
        }
    }
    scopes
}

/// The host alone, which is no domain, and every domain from the host upwards. A host may end with a full stop, and a page
/// without one has none.
fn domains(host: &str) -> impl Iterator<Item = &str> {
    let upwards = core::iter::successors(Some(host), |domain| Some(domain.split_once('.')?.1));
    core::iter::once("").chain(upwards.take_while(|domain| !domain.is_empty()))
}

/// The root, and every further beginning of the path, with and without the slash at its end.
fn paths(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.bytes().enumerate().flat_map(move |(place, byte)| {
        let (before, after) = (place, place + 1);
        let is_slash = byte == b'/';
        [
            (is_slash && before > 0).then_some(before),
            (is_slash || after == path.len()).then_some(after),
        ]
    });
    let mut last = 0;
    let mut is_new = move |end: usize| core::mem::replace(&mut last, end) < end;
    ends.flatten()
        .filter(move |end| is_new(*end))
        .filter_map(|end| path.get(..end))
}

/// The cookies in `document.cookie`, by name and value.
pub fn cookies(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let cookies = written
        .split(';')
        .map(|cookie| cookie.strip_prefix(' ').unwrap_or(cookie));
    cookies
        .filter_map(|cookie| cookie.split_once('='))
        .filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{cookies, scopes};

    fn removed(host: &str, path: &str) -> Vec<String> {
        scopes(host, path).iter().map(|scope| scope.removal("_ga")).collect()
    }

    #[test]
    fn w_03_a_cookie_goes_from_every_domain_and_path_above_the_page() {
        let forms = removed("shop.cap.kz", "/ru/courses/1");
        for domain in ["", ";domain=shop.cap.kz", ";domain=cap.kz", ";domain=kz"] {
            for path in ["/", "/ru", "/ru/", "/ru/courses", "/ru/courses/", "/ru/courses/1"] {
                for kind in ["", ";secure", ";secure;partitioned"] {
                    let form = format!("_ga=;max-age=0;path={path}{domain}{kind}");
                    assert!(forms.contains(&form), "{form} is missing in {forms:#?}");
                }
            }
        }
        assert_eq!(forms.len(), 4 * 6 * 3, "and no form twice: {forms:#?}");
    }

    #[test]
    fn v_05_a_cookie_is_renewed_where_it_was() {
        for scope in scopes("shop.cap.kz", "/ru") {
            let expected = scope
                .removal("_ga")
                .replacen("_ga=;max-age=0;", "_ga=GA1.1;max-age=60;", 1);
            assert_eq!(scope.renewal("_ga", "GA1.1", 60), expected);
        }
    }

    #[test]
    fn w_03_odd_hosts_come_to_an_end() {
        for (host, domains) in [("", 1), ("cap.kz.", 3), ("localhost", 2), ("127.0.0.1", 5), ("..", 3)] {
            assert_eq!(removed(host, "/").len(), domains * 3, "{host}");
        }
    }

    #[test]
    fn w_03_the_first_page_of_a_site_has_one_path() {
        let forms = removed("cap.kz", "/");
        assert_eq!(forms.len(), 3 * 3, "{forms:#?}");
        assert!(
            forms
                .iter()
                .all(|form| form.contains("path=/;") || form.ends_with("path=/"))
        );
    }

    #[test]
    fn w_03_a_path_that_ends_with_a_slash_names_no_form_twice() {
        for (path, count) in [("/ru/", 3), ("//", 2), ("/ru//x", 5)] {
            assert_eq!(removed("", path).len(), count * 3, "{path}: {:#?}", removed("", path));
        }
    }

    #[test]
    fn cookies_are_read_by_name_and_value() {
        let read: Vec<_> = cookies("a=1; _ga=GA1.1; b==; nameless; =x; c=").collect();
        assert_eq!(read, [("a", "1"), ("_ga", "GA1.1"), ("b", "="), ("c", "")]);
    }
}
