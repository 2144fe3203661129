//! What an address in a file means, where both lie below one root.

use percent_encoding::percent_decode_str;

/// A file by its path from the root, and a place in it.
#[derive(Debug, PartialEq)]
pub(super) struct Target {
    pub(super) path: String,
    pub(super) place: Option<String>,
}

/// Where an address leads.
#[derive(Debug, PartialEq)]
pub(super) enum Address {
    /// To another origin, or to a letter: it has a scheme, or begins with `//`.
    Elsewhere,
    /// Out of the root: too many `..`, or a path from the root of a host.
    Outside,
    Inside(Target),
}

/// What `address` in the file `from` means.
pub(super) fn read(from: &str, address: &str) -> Address {
    if has_scheme(address) || address.starts_with("//") {
        return Address::Elsewhere;
    }
    let (rest, place) = address
        .split_once('#')
        .map_or((address, None), |(rest, place)| (rest, Some(place)));
    let written = rest.split('?').next().unwrap_or_default();
    let place = place.filter(|place| !place.is_empty()).map(decoded);
    if written.is_empty() {
        let path = from.to_owned();
        return Address::Inside(Target { path, place });
    }
    if written.starts_with('/') {
        return Address::Outside;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    join(folder, &decoded(written)).map_or(Address::Outside, |path| Address::Inside(Target { path, place }))
}

/// A scheme is what stands before a colon, where nothing of a path has come before it.
fn has_scheme(address: &str) -> bool {
    let end = address.find([':', '/', '?', '#']);
    end.is_some_and(|end| end > 0 && address[end..].starts_with(':'))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A path without `.` and `..`; `None` where it leads out.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Address, Target, read};

    fn inside(path: &str, place: Option<&str>) -> Address {
        let path = path.to_owned();
        let place = place.map(str::to_owned);
        Address::Inside(Target { path, place })
    }

    #[test]
    fn an_address_is_read_from_the_file_that_it_stands_in() {
        let from = "docs/ru/README.md";
        for (address, expected) in [
            ("visitor.md", inside("docs/ru/visitor.md", None)),
            ("../looks/card.png", inside("docs/looks/card.png", None)),
            ("../../README.md#then", inside("README.md", Some("then"))),
            ("#шаги", inside(from, Some("шаги"))),
            ("#%D1%88%D0%B0%D0%B3%D0%B8", inside(from, Some("шаги"))),
            ("visitor.md?a=b:c#x", inside("docs/ru/visitor.md", Some("x"))),
            ("./a%20b.md", inside("docs/ru/a b.md", None)),
            ("../../../elsewhere.md", Address::Outside),
            ("/README.md", Address::Outside),
            ("https://kelisim.kz/", Address::Elsewhere),
            ("mailto:privacy@example.kz", Address::Elsewhere),
            ("//kelisim.kz/", Address::Elsewhere),
        ] {
            assert_eq!(read(from, address), expected, "{address}");
        }
    }
}
