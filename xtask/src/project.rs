//! Where the things of the project lie. Nothing else in `xtask` joins a path to the root by itself.

use std::path::{Path, PathBuf};

/// Version of Kelisim, the same for every package of the workspace.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Root of the project: the directory above `xtask/`.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// A file or directory of the project, by its path from the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// What is shipped.
pub(crate) fn dist() -> PathBuf {
    path("dist")
}

/// What the build makes on its way and takes up again the next time.
pub(crate) fn work() -> PathBuf {
    path("target/kelisim")
}
