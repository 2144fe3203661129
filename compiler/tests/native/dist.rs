//! A `dist/` as the build fills it, as far as sites are built from it: made-up files with their checksums.

use std::fs;
use std::path::Path;

use kelisim_compiler::owner::distribution::{Distribution, hexadecimal};
use sha2::{Digest, Sha384};

use crate::bundle::{FIRST_LAYER_STYLES, SCRIPT};
use crate::served::Directory;

/// The inline script of a printed first layer.
pub(crate) const PRINTED: &str = "show();";

/// What lies in it.
pub(crate) const FILES: [(&str, &str); 17] = [
    ("runtime/kelisim.js", SCRIPT),
    ("runtime/bindings.js", "kelisim.take(1);\n"),
    ("kelisim.wasm", "\0asm"),
    ("runtime/first-layer.css", FIRST_LAYER_STYLES),
    ("runtime/themes/auto.css", "@layer kelisim{.auto{color:red}}"),
    ("runtime/themes/light.css", "@layer kelisim{.light{color:red}}"),
    ("runtime/themes/dark.css", "@layer kelisim{.dark{color:red}}"),
    ("runtime/layouts/bar.css", "@layer kelisim{.bar{color:red}}"),
    ("runtime/layouts/box.css", "@layer kelisim{.box{color:red}}"),
    ("runtime/layouts/card.css", "@layer kelisim{.card{color:red}}"),
    ("runtime/reopen/button.css", "@layer kelisim{.button{color:red}}"),
    ("runtime/reopen/link.css", "@layer kelisim{.link{color:red}}"),
    ("runtime/first-layer.js", "show();\n"),
    ("runtime/settings.css", "dialog{color:red}"),
    ("kelisim-audit.js", "look();"),
    ("kelisim-compiler.js", "compile();"),
    ("kelisim-compiler.wasm", "\0asm compiler"),
];

/// A `dist/` that is gone when the test is over.
pub(crate) struct Dist(Directory);

impl Dist {
    pub(crate) fn new(name: &str) -> Dist {
        let dist = Dist(Directory::new(name));
        for (file, content) in FILES {
            dist.write(file, content);
        }
        dist
    }

    /// Writes a file and its checksum.
    fn write(&self, file: &str, content: &str) {
        self.0.write(file, content.as_bytes());
        let sum = hexadecimal(&Sha384::digest(content));
        let sums = fs::read_to_string(self.path().join("SHA384SUMS")).unwrap_or_default();
        self.0.write("SHA384SUMS", format!("{sums}{sum}  {file}\n").as_bytes());
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn open(&self) -> Distribution {
        Distribution::open(Some(self.path())).unwrap()
    }
}
