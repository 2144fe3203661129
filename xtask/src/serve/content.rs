//! Finds the file that an address means.

use std::path::{Component, Path, PathBuf};

/// What a browser is told a page is.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// What a browser is told a file is.
pub(crate) fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        Some("txt" | "md" | "ts") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The file under `directory` that a path of a URL means: itself, `index.html` in it, or itself with `.html`.
pub(super) fn file(directory: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    if relative
        .components()
        .any(|component| !matches!(component, Component::Normal(_)))
    {
        return None;
    }
    let named = directory.join(relative);
    let page = named.with_extension("html");
    [named.join("index.html"), named, page]
        .into_iter()
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::file;
    use crate::project;

    #[test]
    fn a_page_needs_no_extension() {
        let build = project::path("xtask");
        assert_eq!(file(&build, "/Cargo.toml"), Some(build.join("Cargo.toml")));
        assert_eq!(file(&build, "/nothing"), None);
    }

    #[test]
    fn nothing_outside_the_directory_is_served() {
        assert_eq!(file(&project::path("xtask/src"), "/../Cargo.toml"), None);
        assert_eq!(file(&project::path("xtask/src"), "//etc/hostname"), None);
    }
}
