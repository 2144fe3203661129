//! What is removed from the browser: every name that belongs to what the visitor did not grant, and the ways in which a
//! cookie can have been set.
//!
//! A name is known by the patterns of the services in the configuration, each in its own store. What a granted service
//! stores is kept, also where a refused one would store it too, but no cookie of it for longer than the consent. It must
//! not touch a store: that is the browser's part.

use super::config::{Config, glob};
use super::gate::Permissions;
use super::letters::{at, first, halves, rest, same, slice, split};
use super::lifetime::Lifetime;
use super::value::Writer;

/// Where a name is stored, as a configuration and a manifest call it.
pub const COOKIE: &str = "cookie";
/// The other stores, which are also the names of the page's own properties.
pub static STORES: [&str; 2] = ["localStorage", "sessionStorage"];

/// The longest that a vendor's cookie may stay, in seconds: 13 months (requirement V-05).
pub const LONGEST: i64 = 395 * 86_400;

/// What becomes of a stored name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is none of Kelisim's business, or stays as it is.
    Stays,
    /// It goes: a service that is not granted stores it, and none that is granted.
    Goes,
    /// It is a cookie that would outlive the consent that it rests on, and ends with that, in so many seconds.
    Ends(i64),
}

/// What becomes of a name in a store, by what is granted and how long that holds, in seconds.
pub fn fate(config: &Config, permissions: Permissions, left: i64, store: &str, name: &str) -> Fate {
    let left = left.min(LONGEST);
    let mut fate = Fate::Stays;
    for service in &config.services {
        for stored in *service.description.list("storage") {
            // What a third party keeps on a host of its own, nobody else can see or remove.
            let own = stored.text("host").are_none();
            if own && stored.text("in").are(store) && glob::matches(&stored.text("name"), name) {
                if !permissions.allow(config, &service.id) {
                    fate = Fate::Goes;
                } else if same(store, COOKIE) && Lifetime::of(&stored.text("lifetime")).exceeds(left) {
                    return Fate::Ends(left);
                } else {
                    return Fate::Stays;
                }
            }
        }
    }
    fate
}

/// Whether something that is not granted may lie in a store. One that is none of its business is not even opened, which
/// takes a browser milliseconds.
pub fn concerns(config: &Config, permissions: Permissions, store: &str) -> bool {
    for service in &config.services {
        for stored in *service.description.list("storage") {
            if stored.text("in").are(store) && !permissions.allow(config, &service.id) {
                return true;
            }
        }
    }
    false
}

/// Every form in which a cookie of this name is removed from a page on `host` and `path`. Its domain and path have to be
/// those with which it was set, and scripts cannot see them: so it is taken from the host alone and from every domain
/// above it, and on each of them from every path that leads to the page. A partitioned cookie goes only as such, and a
/// name with a prefix only as a secure one; a form that a browser does not take does no harm.
pub fn removals(name: &str, host: &str, path: &str, remove: &mut dyn FnMut(&str)) {
    let mut domain = "";
    loop {
        // The root, and every further beginning of the path, with and without the slash at its end.
        for end in 0..=path.len() {
            let slash = at(path, end) == b'/';
            if end > 0 && (slash || end == path.len()) || at(path, end.wrapping_sub(1)) == b'/' {
                for kind in &["", ";secure", ";secure;partitioned"] {
                    let mut form = Writer::of(name);
                    form.push("=;max-age=0;path=");
                    form.push(slice(path, 0, end));
                    if !domain.is_empty() {
                        form.push(";domain=");
                        form.push(domain);
                    }
                    form.push(kind);
                    remove(form.as_str());
                }
            }
        }
        // A host may end with a full stop, and a page without one has none.
        domain = if domain.is_empty() {
            host
        } else {
            halves(domain, b'.').1
        };
        if domain.is_empty() {
            return;
        }
    }
}

/// The names of the cookies in `document.cookie`, each with its value.
pub fn cookies(cookies: &'static str, each: &mut dyn FnMut(&'static str, &'static str)) {
    let mut left = cookies;
    while !left.is_empty() {
        let (cookie, after) = split(left, b';').unwrap_or((left, ""));
        left = after;
        let cookie = if first(cookie) == b' ' { rest(cookie, 1) } else { cookie };
        if let Some((name, value)) = split(cookie, b'=')
            && !same(name, "")
        {
            each(name, value);
        }
    }
}

/// A cookie set anew in the form in which it was removed, with its value, for so many seconds.
pub fn renewed(name: &str, value: &str, seconds: i64, form: &str) -> Writer {
    let mut cookie = Writer::of(name);
    cookie.mark(b'=');
    cookie.push(value);
    cookie.push(";max-age=");
    cookie.number(seconds, 1);
    // What stands in the form after the name and `=;max-age=0`.
    cookie.push(rest(form, name.len() + 11));
    cookie
}

#[cfg(test)]
mod tests {
    use super::{cookies, removals, renewed};

    fn removed(host: &'static str, path: &'static str) -> Vec<String> {
        let mut forms = Vec::new();
        removals("_ga", host, path, &mut |form| forms.push(form.to_owned()));
        forms
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
        for form in removed("shop.cap.kz", "/ru") {
            let expected = form.replacen("_ga=;max-age=0;", "_ga=GA1.1;max-age=60;", 1);
            assert_eq!(renewed("_ga", "GA1.1", 60, &form).as_str(), expected);
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
    fn cookies_are_read_by_name_and_value() {
        let mut read = Vec::new();
        cookies("a=1; _ga=GA1.1; b==; nameless; =x; c=", &mut |name, value| {
            read.push((name, value));
        });
        assert_eq!(read, [("a", "1"), ("_ga", "GA1.1"), ("b", "="), ("c", "")]);
    }
}
