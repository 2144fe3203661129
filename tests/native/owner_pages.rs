//! What `kelisim-pack` makes. A `dist/` of a build is not at hand here, so it is made of what the tool brings along.

use std::path::{Path, PathBuf};
use std::process::Command;

use kelisim::core::notice::texts::{SETTINGS, Text, packed};
use kelisim::owner::distribution::{Distribution, hexadecimal, integrity};
use kelisim::owner::first_layer;
use kelisim::owner::pack::{TEMPLATE, pack};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::site::{config, rasco};
use crate::texts::json_files;

/// As the build makes them, but for most of the rules.
const FIRST_LAYER_STYLES: &str = "@layer kelisim{#kelisim-root .kelisim-banner{position:fixed!important}\
    #kelisim-root[data-theme=dark]{color-scheme:dark!important}#kelisim-root[data-theme=auto]{color-scheme:light dark!important}\
    #kelisim-root .kelisim-reopen{color:red!important}#kelisim-root.kelisim-embed{color:red!important}}";

/// A `dist/` that is gone when the test is over.
pub(crate) struct Dist(PathBuf);

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Dist {
    /// As the build fills it, but for the module and the styles.
    pub(crate) fn new(name: &str) -> Dist {
        let directory = std::env::temp_dir().join(format!("kelisim-{}-{name}", std::process::id()));
        let dist = Dist(directory);
        for (language, written) in json_files("src/core/locales") {
            let texts: Vec<String> = Text::ALL.iter().map(|text| packed(*text, &written).unwrap()).collect();
            let file = json!({"texts": texts, "settings": SETTINGS, "styles": "@layer"});
            dist.write(&format!("locales/{language}.json"), &file.to_string());
        }
        for (id, manifest) in json_files("src/core/catalogue/services") {
            dist.write(&format!("services/{id}.json"), &manifest.to_string());
        }
        dist.write("kelisim.js", "start();");
        dist.write(first_layer::SCRIPT, "show();\n");
        dist.write(first_layer::STYLES, FIRST_LAYER_STYLES);
        let template = "\u{feff}start(__KELISIM_CONFIGURATION__,__KELISIM_TEXTS__,__KELISIM_SERVICES__);";
        dist.write(TEMPLATE, template);
        dist
    }

    /// Writes a file and its checksum.
    fn write(&self, file: &str, content: &str) {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        let sum = hexadecimal(&Sha384::digest(content));
        let sums = self.path().join("SHA384SUMS");
        let others = std::fs::read_to_string(&sums).unwrap_or_default();
        let others: String = others
            .lines()
            .filter(|line| !line.ends_with(&format!("  {file}")))
            .fold(String::new(), |lines, line| lines + line + "\n");
        std::fs::write(sums, format!("{others}{sum}  {file}\n")).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn open(&self) -> Distribution {
        Distribution::open(Some(self.path())).unwrap()
    }
}

/// The arguments of the packed script's one call, as JavaScript.
fn packed_script(site: &Value, dist: &Dist) -> String {
    let script = pack(site, &config(site), &dist.open()).unwrap();
    assert!(script.starts_with('\u{feff}'), "browsers are told that it is UTF-8");
    script
}

#[test]
fn a_pack_has_what_its_configuration_names_and_nothing_else() {
    let dist = Dist::new("pack");
    let mut site = rasco();
    site["languages"] = json!(["ru", "kk"]);
    site["services"].as_array_mut().unwrap().pop();
    site["$schema"] = json!("kelisim.schema.json");
    let script = packed_script(&site, &dist);
    site.as_object_mut().unwrap().remove("$schema");
    assert!(
        script.contains(&format!("start({site},(settings=>({{\"ru\":{{texts:[\"ltr\"")),
        "{script}"
    );
    assert!(
        script.contains("},\"kk\":{texts:[\"ltr\"") && !script.contains("\"en\":{texts"),
        "{script}"
    );
    // Of the languages that it does not offer, the names: the manifest has English words.
    assert!(script.contains(",\"en\":[\"\",\"English\"]"), "{script}");
    assert!(script.contains("{\"yandex-metrika\":{\"id\":"), "{script}");
    for absent in [
        "google-analytics.json",
        "\"id\":\"google-analytics\"",
        "\"hosts\"",
        "\"csp\"",
        "__KELISIM",
        "@layer",
    ] {
        assert!(!script.contains(absent), "{absent}");
    }
}

#[test]
fn nothing_in_a_pack_can_end_a_script_element() {
    let dist = Dist::new("escape");
    let mut site = rasco();
    site["operator"]["name"] = json!("ТОО </script><!-- «Anysoft»");
    let script = packed_script(&site, &dist);
    assert!(!script.contains("</script") && !script.contains("<!--"), "{script}");
}

#[test]
fn a_changed_or_foreign_build_is_refused() {
    let dist = Dist::new("foreign");
    std::fs::write(dist.path().join(TEMPLATE), "other();").unwrap();
    let error = pack(&rasco(), &config(&rasco()), &dist.open()).unwrap_err().to_string();
    assert!(
        error.contains("kelisim.template.js is not what SHA384SUMS says"),
        "{error}"
    );

    dist.write("services/yandex-metrika.json", "{\"id\":\"yandex-metrika\"}");
    let error = Distribution::open(Some(dist.path())).unwrap_err().to_string();
    assert!(
        error.contains("services/yandex-metrika.json is of another build"),
        "{error}"
    );

    let error = Distribution::open(Some(Path::new("/nowhere"))).unwrap_err().to_string();
    assert!(
        error.contains("--dist") && error.contains("cargo xtask build"),
        "{error}"
    );
}

/// The tool as an owner runs it, on a `dist/`: exit code, what it printed, what it complained of.
fn run(dist: &Dist, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim-pack"))
        .args(arguments)
        .arg("--dist")
        .arg(dist.path())
        .output()
        .unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        words(output.stdout),
        words(output.stderr),
    )
}

/// O-02: what does not satisfy its law is not packed, and no earlier file is touched.
#[test]
fn o_02_nothing_is_made_of_a_configuration_with_problems() {
    let dist = Dist::new("problems");
    let wrong = "www/sites/rasco.kz/policy-only.json";
    let out = dist.path().join("made");
    let made = out.to_str().unwrap();
    for arguments in [vec![wrong, "--out", made], vec![wrong]] {
        let (code, printed, complaint) = run(&dist, &arguments);
        assert_eq!((code, printed.as_str()), (1, ""), "{arguments:?}");
        assert!(
            complaint.contains("policy-only.json:2:3: operator.email: missing"),
            "{complaint}"
        );
        assert!(!out.exists(), "{arguments:?}");
    }
}

#[test]
fn the_tool_says_where_it_wrote_and_what_it_could_not() {
    let dist = Dist::new("tool");
    let site = "www/sites/rasco.kz/site.json";
    let out = dist.path().join("rasco.js");
    let (code, tag, _) = run(&dist, &[site, "--out", out.to_str().unwrap()]);
    let script = std::fs::read(&out).unwrap();
    let expected = format!(
        "<script async src=\"/rasco.js\" integrity=\"{}\"></script>\n",
        integrity(&script)
    );
    assert_eq!((code, tag), (0, expected));
    let (code, printed, _) = run(&dist, &[site]);
    assert_eq!(
        (code, printed.into_bytes()),
        (0, script),
        "without --out the script itself"
    );

    let (code, _, complaint) = run(&dist, &[site, "--out", "/nowhere/rasco.js"]);
    assert!(code == 2 && complaint.contains("/nowhere/rasco.js"), "{complaint}");
}

/// What an owner has is never lost to a name that was mistyped.
#[test]
fn the_tool_overwrites_nothing_that_it_did_not_make() {
    let dist = Dist::new("kept");
    let site = dist.path().join("my site.json");
    std::fs::copy("www/sites/rasco.kz/site.json", &site).unwrap();
    let written = std::fs::read(&site).unwrap();
    let name = site.to_str().unwrap();
    let same = dist.path().join(".").join("my site.json");
    let (code, printed, complaint) = run(&dist, &[name, "--out", same.to_str().unwrap()]);
    assert_eq!((code, printed.as_str()), (2, ""));
    assert!(complaint.contains("this is the configuration itself"), "{complaint}");
    assert_eq!(std::fs::read(&site).unwrap(), written);

    // A name that a page cannot have as it is.
    let packed = dist.path().join("a \"b\" #1.js");
    let (_, printed, _) = run(&dist, &[name, "--out", packed.to_str().unwrap()]);
    assert!(printed.contains("src=\"/a%20%22b%22%20%231.js\""), "{printed}");
}
