//! A `dist/` as the build of today's script fills it, but for the module and the styles. Goes with that script.

use std::fs;
use std::path::{Path, PathBuf};

use kelisim::core::notice::texts::{SETTINGS, Text, packed};
use kelisim::owner::first_layer::{SCRIPT, STYLES};
use kelisim_compiler::owner::distribution::{Distribution, hexadecimal};
use serde_json::json;
use sha2::{Digest, Sha384};

use crate::house::{document, json_files};

/// As the build makes them, but for most of the rules.
const FIRST_LAYER_STYLES: &str = "@layer kelisim{#kelisim-root .kelisim-banner{position:fixed!important}\
    #kelisim-root[data-theme=dark]{color-scheme:dark!important}#kelisim-root[data-theme=auto]{color-scheme:light dark!important}\
    #kelisim-root .kelisim-reopen{color:red!important}#kelisim-root.kelisim-embed{color:red!important}}";

/// A `dist/` that is gone when the test is over.
pub(crate) struct Dist(PathBuf);

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Dist {
    pub(crate) fn new(name: &str) -> Dist {
        let directory = std::env::temp_dir().join(format!("kelisim-compiler-{}-{name}", std::process::id()));
        let dist = Dist(directory);
        for (language, text) in json_files("../src/core/locales") {
            let written = document(&text).unwrap();
            let texts: Vec<String> = Text::ALL.iter().map(|text| packed(*text, &written).unwrap()).collect();
            let file = json!({"texts": texts, "settings": SETTINGS, "styles": "@layer"});
            dist.write(&format!("locales/{language}.json"), &file.to_string());
        }
        for (id, manifest) in json_files("../src/core/catalogue/services") {
            dist.write(&format!("services/{id}.json"), &manifest);
        }
        dist.write("kelisim.js", "start();");
        dist.write(SCRIPT, "show();\n");
        dist.write(STYLES, FIRST_LAYER_STYLES);
        dist
    }

    /// Writes a file and its checksum.
    pub(crate) fn write(&self, file: &str, content: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        let sum = hexadecimal(&Sha384::digest(content));
        let sums = self.path().join("SHA384SUMS");
        let others = fs::read_to_string(&sums).unwrap_or_default();
        let others: String = others
            .lines()
            .filter(|line| !line.ends_with(&format!("  {file}")))
            .fold(String::new(), |lines, line| lines + line + "\n");
        fs::write(sums, format!("{others}{sum}  {file}\n")).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn open(&self) -> Distribution {
        Distribution::open(Some(self.path())).unwrap()
    }
}
