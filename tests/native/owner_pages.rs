//! What the owner's tool makes: the snippet with its policy, the pack, the evidence without its pictures. A `dist/` of a build is not at hand
//! here, so it is made of what the tool brings along.

use std::path::{Path, PathBuf};
use std::process::Command;

use kelisim::core::notice::hash::sha256;
use kelisim::core::notice::texts::{SETTINGS, Text, packed};
use kelisim::owner::distribution::{Distribution, hexadecimal, integrity};
use kelisim::owner::evidence::{Subject, write_texts};
use kelisim::owner::first_layer;
use kelisim::owner::notice::{Extent, notice};
use kelisim::owner::pack::{TEMPLATE, pack};
use kelisim::owner::snippet::{Base, Configuration, policy, tag};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::site::{config, noon, rasco, three_vendors};
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

/// B-01: the policy of rasco.kz has what its two vendors need, each host in its own directive, and nothing else.
#[test]
fn b_01_the_policy_names_each_host_where_it_is_needed() {
    let here = Base::new("/kelisim/").unwrap();
    assert_eq!(
        policy(&config(&rasco()), &here, None),
        "default-src 'self'; \
         script-src 'self' 'wasm-unsafe-eval' https://mc.yandex.ru https://www.googletagmanager.com; \
         style-src 'self'; \
         img-src 'self' https://mc.yandex.ru https://mc.yandex.com https://www.googletagmanager.com \
         https://*.google-analytics.com; \
         connect-src 'self' https://mc.yandex.ru https://mc.yandex.com https://mc.webvisor.com https://mc.webvisor.org \
         https://www.googletagmanager.com https://*.google-analytics.com https://*.analytics.google.com"
    );
    // A manifest without a finer form: its hosts for scripts, calls and images.
    let three = policy(&config(&three_vendors()), &here, None);
    assert_eq!(three.matches(" https://top-fwz1.mail.ru").count(), 3, "{three}");
    assert!(
        !three.contains("frame-src") && !three.contains("unsafe-inline"),
        "{three}"
    );

    let mut nothing = rasco();
    for key in ["services", "categories", "googleConsentMode"] {
        nothing.as_object_mut().unwrap().remove(key);
    }
    let elsewhere = Base::new("https://static.rasco.kz/kelisim/").unwrap();
    assert_eq!(
        policy(&config(&nothing), &elsewhere, None),
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' https://static.rasco.kz; style-src 'self'; \
         img-src 'self'; connect-src 'self' https://static.rasco.kz"
    );
}

/// B-01: an own service is allowed the origin of its script, and a path of the site nothing more.
#[test]
fn b_01_an_own_script_is_allowed_by_its_origin() {
    for (src, source) in [
        ("https://chat.example.kz/widget.js?id=1", " https://chat.example.kz"),
        ("/counter.js", ""),
    ] {
        let mut site = rasco();
        site["services"] = json!([{
            "id": "chat", "name": "Chat", "category": "analytics", "src": src, "recipient": "TOO Chat", "country": "KZ",
            "purpose": {"kk": "Сұрақтарға жауап", "ru": "Ответы на вопросы", "en": "Answers"}, "data": ["pages"], "storage": [],
        }]);
        let allowed = policy(&config(&site), &Base::new("/").unwrap(), None);
        assert!(
            allowed.contains(&format!(
                "script-src 'self' 'wasm-unsafe-eval'{source}; style-src 'self'; img-src 'self'; connect-src 'self'"
            )),
            "{allowed}"
        );
    }
}

const FILE: Configuration = Configuration::File("site.json");

/// B-02: what an owner writes is read back as it was written, and is never a tag of the page's.
#[test]
fn b_02_a_configuration_in_the_page_stays_in_its_element() {
    let dist = Dist::new("inline");
    let said = "</SCRIPT><script>alert(1)</script> <!-- <script> &lt; \u{2028} \\ \"";
    let written = json!({ "$schema": "../schema.json", "operator": { "name": said }, "expiresDays": 180 });
    let lines = tag(
        Configuration::Inline(&written),
        &Base::new("/kelisim").unwrap(),
        &dist.open(),
    )
    .unwrap();
    let (block, script) = lines.split_once("</script>\n").unwrap();
    assert!(
        !script.contains("preload") && script.ends_with(" data-config=\"#kelisim-site\"></script>\n"),
        "{script}"
    );
    let block = block
        .strip_prefix("<script type=\"application/json\" id=\"kelisim-site\">")
        .unwrap();
    assert!(!block.contains('<'), "{block}");
    let read: serde_json::Value = serde_json::from_str(block).unwrap();
    assert_eq!(
        read,
        json!({ "operator": { "name": said }, "expiresDays": 180 }),
        "without what only editors read"
    );
}

#[test]
fn the_tag_is_pinned_to_the_build() {
    let dist = Dist::new("tag");
    let hash = integrity(b"start();");
    assert!(hash.starts_with("sha384-") && hash.len() == 71, "{hash}");
    assert_eq!(
        tag(FILE, &Base::new("/kelisim").unwrap(), &dist.open()).unwrap(),
        format!(
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/kelisim/site.json\">\n\
             <script async src=\"/kelisim/kelisim.js\" integrity=\"{hash}\" data-config=\"/kelisim/site.json\"></script>\n"
        )
    );
    let elsewhere = tag(FILE, &Base::new("https://static.example.kz/k/").unwrap(), &dist.open()).unwrap();
    assert!(
        elsewhere.contains(&format!("{hash}\" crossorigin data-config=")),
        "{elsewhere}"
    );
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
    std::fs::write(dist.path().join("kelisim.js"), "other();").unwrap();
    let error = tag(FILE, &Base::new("/").unwrap(), &dist.open())
        .unwrap_err()
        .to_string();
    assert!(error.contains("kelisim.js is not what SHA384SUMS says"), "{error}");

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

/// The tool as an owner runs it, on a `dist/` and without a browser: exit code, what it printed, what it complained of.
fn run(dist: &Dist, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .args(arguments)
        .arg("--dist")
        .arg(dist.path())
        .env("CHROMEDRIVER", "/nowhere/chromedriver")
        .output()
        .unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        words(output.stdout),
        words(output.stderr),
    )
}

/// O-02: what does not satisfy its law is not packed, filed or recommended, and no earlier file is touched.
#[test]
fn o_02_nothing_is_made_of_a_configuration_with_problems() {
    let dist = Dist::new("problems");
    let wrong = "www/sites/rasco.kz/policy-only.json";
    let out = dist.path().join("made");
    let made = out.to_str().unwrap();
    for arguments in [
        vec!["pack", wrong, "--out", made],
        vec!["pack", wrong],
        vec!["snippet", wrong],
        vec!["evidence", wrong, "--out", made],
    ] {
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
    let (code, tag, _) = run(&dist, &["pack", site, "--out", out.to_str().unwrap()]);
    let script = std::fs::read(&out).unwrap();
    let expected = format!(
        "<script async src=\"/rasco.js\" integrity=\"{}\"></script>\n",
        integrity(&script)
    );
    assert_eq!((code, tag), (0, expected));
    let (code, printed, _) = run(&dist, &["pack", site]);
    assert_eq!(
        (code, printed.into_bytes()),
        (0, script),
        "without --out the script itself"
    );

    let (code, _, complaint) = run(&dist, &["pack", site, "--out", "/nowhere/rasco.js"]);
    assert!(code == 2 && complaint.contains("/nowhere/rasco.js"), "{complaint}");
    let (code, _, complaint) = run(&dist, &["snippet", site, "--base", "kelisim"]);
    assert!(
        code == 2 && complaint.contains("write a path of your site"),
        "{complaint}"
    );
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
    let (code, printed, complaint) = run(&dist, &["pack", name, "--out", same.to_str().unwrap()]);
    assert_eq!((code, printed.as_str()), (2, ""));
    assert!(complaint.contains("this is the configuration itself"), "{complaint}");
    assert_eq!(std::fs::read(&site).unwrap(), written);

    let root = dist.path().join("web");
    std::fs::create_dir_all(&root).unwrap();
    std::fs::write(root.join("index.html"), "the shop").unwrap();
    let (code, _, complaint) = run(&dist, &["evidence", name, "--out", root.to_str().unwrap()]);
    assert!(
        code == 2 && complaint.contains("holds other files, which stay as they are"),
        "{complaint}"
    );
    assert_eq!(std::fs::read_to_string(root.join("index.html")).unwrap(), "the shop");
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 1);

    // A name that a page cannot have as it is.
    let (_, printed, _) = run(&dist, &["snippet", name]);
    assert!(printed.contains("/kelisim/my%20site.json\""), "{printed}");
    let packed = dist.path().join("a \"b\" #1.js");
    let (_, printed, _) = run(&dist, &["pack", name, "--out", packed.to_str().unwrap()]);
    assert!(printed.contains("src=\"/a%20%22b%22%20%231.js\""), "{printed}");
}

/// O-05: texts, hashes and the configuration are filed where there is no browser too, and the rest is not lost silently.
#[test]
fn o_05_texts_are_filed_without_a_browser() {
    let dist = Dist::new("evidence");
    let site = "www/sites/rasco.kz/site.json";
    let folder = dist.path().join("filed");
    let (code, _, complaint) = run(&dist, &["evidence", site, "--out", folder.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(
        complaint.contains("the screenshots are not") && complaint.contains("apt install chromium"),
        "{complaint}"
    );

    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let evidence: Value = serde_json::from_str(&read("evidence.json")).unwrap();
    assert_eq!(
        read("site.json"),
        std::fs::read_to_string(site).unwrap(),
        "byte for byte"
    );
    assert_eq!(evidence["script"], integrity(b"start();"));
    assert_eq!(evidence["operator"]["number"], "140340014652");
    assert!(
        evidence["screenshotsMissing"]
            .as_str()
            .unwrap()
            .contains("chromedriver")
    );
    let notices = evidence["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 3);
    for filed in notices {
        let printed = notice(&config(&rasco()), filed["language"].as_str(), Extent::Whole).unwrap();
        assert_eq!(read(filed["file"].as_str().unwrap()), printed);
        assert_eq!(filed["sha256"], sha256(printed).text(), "as a record has it");
        let quick = notice(&config(&rasco()), filed["language"].as_str(), Extent::FirstLayer).unwrap();
        assert_eq!(read(filed["firstLayer"]["file"].as_str().unwrap()), quick);
        assert_eq!(filed["firstLayer"]["sha256"], sha256(quick).text());
    }
    assert!(
        read("index.html").contains("There are no screenshots"),
        "people read it too"
    );

    // What lacks its screenshots is made anew; what is complete stays as it was filed.
    let (code, ..) = run(&dist, &["evidence", site, "--out", folder.to_str().unwrap()]);
    assert_eq!(code, 2);
    std::fs::write(folder.join("evidence.json"), "{}").unwrap();
    let (code, _, complaint) = run(&dist, &["evidence", site, "--out", folder.to_str().unwrap()]);
    assert!(code == 2 && complaint.contains("holds evidence already"), "{complaint}");
    assert_eq!(read("evidence.json"), "{}");
}

/// B-02: in the index an owner's words are text.
#[test]
fn b_02_the_index_shows_words_as_text() {
    let dist = Dist::new("index");
    let mut site = rasco();
    site["operator"]["name"] = json!("ТОО <img src=x onerror=alert(1)> «Anysoft»");
    let config = config(&site);
    let text = site.to_string();
    let subject = Subject {
        config: &config,
        text: &text,
        at: noon(),
    };
    let folder = dist.path().join("filed");
    write_texts(subject, &dist.open(), &folder).unwrap();
    let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(!index.contains("<img") && index.contains("ТОО &lt;img"), "{index}");
    assert!(index.contains("2026-11-20T12:00:00Z"), "{index}");
}
