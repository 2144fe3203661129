//! Where an owner serves what was built.
//!
//! It must not ask whether anything is there.

use std::str::FromStr;

use thiserror::Error;

/// Where an owner serves what the build made: `/kelisim/` where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// With a slash at its end.
    address: String,
    /// The origin, when it is not the page's own.
    origin: Option<String>,
}

/// Neither a path of the site nor a whole address, or with a character that HTML or a policy would read in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("write a path of your site, /kelisim/, or a whole address, https://static.example.kz/kelisim/")]
pub struct NoBase;

impl FromStr for Base {
    type Err = NoBase;

    /// A path of the site, `/kelisim/`, or an address elsewhere, `https://static.example.kz/kelisim/`.
    fn from_str(written: &str) -> Result<Base, NoBase> {
        let elsewhere = written.strip_prefix("https://");
        let host = elsewhere.and_then(|rest| rest.split('/').next());
        let is_path = written.starts_with('/') && !written.starts_with("//");
        let is_plain = written
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "/:.-_~%".contains(character));
        if !is_plain || !is_path && host.is_none_or(str::is_empty) {
            return Err(NoBase);
        }
        Ok(Base {
            address: format!("{}/", written.trim_end_matches('/')),
            origin: host.map(|host| format!("https://{host}")),
        })
    }
}

impl Default for Base {
    fn default() -> Base {
        Base {
            address: "/kelisim/".to_owned(),
            origin: None,
        }
    }
}

impl Base {
    /// What stands before the name of a file.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The origin, when it is not the page's own.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, NoBase};

    #[test]
    fn a_base_is_a_path_or_a_whole_address() -> Result<(), NoBase> {
        let static_host = "https://static.example.kz/kelisim/";
        for (written, address, origin) in [
            ("/kelisim/", "/kelisim/", None),
            ("/assets/kelisim", "/assets/kelisim/", None),
            ("/", "/", None),
            (static_host, static_host, Some("https://static.example.kz")),
        ] {
            let base: Base = written.parse()?;
            assert_eq!((base.address(), base.origin()), (address, origin), "{written}");
        }
        for wrong in [
            "",
            "kelisim/",
            "//cdn.example/",
            "http://cdn.example/",
            "https://",
            "/a b/",
            "/\"><script>",
        ] {
            assert!(wrong.parse::<Base>().is_err(), "{wrong}");
        }
        assert_eq!("/kelisim/".parse(), Ok(Base::default()));
        Ok(())
    }
}
