//! What a site serves, made of a made-up runtime: its bytes, its hashes, and that nothing of an owner's words is lost or
//! gets loose in it.

use std::fmt::Write as _;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cssparser::{Delimiter, ParseError, Parser, Token};
use kelisim_compiler::Compiled;
use kelisim_compiler::bundle::digest::{hexadecimal, integrity, source_expression};
use kelisim_compiler::bundle::{Bundle, BundleError, Options, Runtime, bundle};
use kelisim_compiler::config::token_text::TokenText;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::compiled::compiled;
use crate::house::sites;
use crate::served::Directory;
use crate::snippet::rasco;

/// A script that is nothing but its places: what is made of it is JSON, before the bindings.
const PLACES: &str = "[__KELISIM_SITE__,__KELISIM_FILES__,__KELISIM_STYLES__]/*__KELISIM_BINDINGS__";
/// A script as the runtime's is: the places in another order, in the midst of something.
pub(crate) const SCRIPT: &str = "(function () { var styles = __KELISIM_STYLES__, site = __KELISIM_SITE__;\n\
    globalThis.built = { files: __KELISIM_FILES__, site: site, styles: styles, bindings: String(__KELISIM_BINDINGS__) }; })();\n";
pub(crate) const FIRST_LAYER_STYLES: &str = "@layer kelisim{#kelisim-root::after{content:\"«\"!important}}";

fn runtime(script: &str) -> Runtime {
    Runtime {
        script: script.to_owned(),
        bindings: "kelisim.take(1)\n".to_owned(),
        module: b"\0asm made up".to_vec(),
        first_layer_styles: FIRST_LAYER_STYLES.to_owned(),
        settings_styles: "@layer kelisim{dialog{color:red}}".to_owned(),
    }
}

fn made(compiled: &Compiled, options: &Options) -> Bundle {
    bundle(compiled, &runtime(SCRIPT), options).unwrap()
}

/// The literals, read as JSON.
fn literals(compiled: &Compiled, options: &Options) -> [Value; 3] {
    let bundle = bundle(compiled, &runtime(PLACES), options).unwrap();
    let script = String::from_utf8(content(&bundle, &bundle.script_name).to_vec()).unwrap();
    let (places, _) = script.rsplit_once("/*").unwrap();
    serde_json::from_str(places).unwrap()
}

fn content<'a>(bundle: &'a Bundle, name: &str) -> &'a [u8] {
    let file = bundle.files.iter().find(|file| file.name == name);
    &file.unwrap_or_else(|| panic!("there is no {name}")).content
}

fn names(bundle: &Bundle) -> Vec<&str> {
    bundle.files.iter().map(|file| file.name.as_str()).collect()
}

fn single_file() -> Options {
    Options {
        single_file: true,
        ..Options::default()
    }
}

/// Runs a few lines in Node with the path of a file as their argument, and reads the JSON that they print.
fn in_node(file: &str, content: &[u8], lines: &str) -> Value {
    let directory = Directory::new("node");
    let path = directory.write(file, content);
    let output = Command::new("node").args(["-e", lines]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a browser has of a script that a server sends in the wrong charset.
fn evaluated(script: &[u8]) -> Value {
    let lines = "require('vm').runInThisContext(require('fs').readFileSync(process.argv[1], 'latin1'));\
        console.log(JSON.stringify(built))";
    in_node("kelisim.js", script, lines)
}

/// The site as a page has it: what the script says, with what comes with the bindings, where they are in a file.
fn whole(in_script: &Value, bundle: &Bundle) -> Value {
    let Some(bindings) = bundle.files.iter().find(|file| file.name.starts_with("bindings.")) else {
        return in_script.clone();
    };
    assert!(bindings.content.is_ascii());
    let lines = "import(process.argv[1]).then(({ rest }) => console.log(JSON.stringify(rest)))";
    let mut whole = in_node("bindings.mjs", &bindings.content, lines);
    for (language, asked) in std::iter::zip(
        whole["languages"].as_array_mut().unwrap(),
        in_script["languages"].as_array().unwrap(),
    ) {
        assert_eq!(language["firstLayer"], "", "once is enough");
        language["firstLayer"] = asked["firstLayer"].clone();
        assert_eq!(language["tag"], asked["tag"]);
        assert_eq!(language["status"]["unavailable"], asked["status"]["unavailable"]);
    }
    for same in ["scope", "signals", "googleConsent", "audit"] {
        assert_eq!(whole[same], in_script[same], "{same}");
    }
    let ids = whole["categories"].as_array().unwrap().iter();
    assert_eq!(
        json!(ids.map(|category| &category["id"]).collect::<Vec<_>>()),
        in_script["categories"]
    );
    whole
}

/// Words that would be more than words if anything let them.
const HOSTILE: [&str; 9] = [
    "</script><script>alert(1)</script></SCRIPT >",
    "<!-- <script> --> ]]>",
    "\u{2028}\u{2029}\u{0}\u{7f}\u{feff}\u{fffe}\u{ffff}\r\n\t",
    "\"'`\\ ${alert(1)} \\u003c \\",
    "🍪 \u{10000} \u{10ffff} \u{d7ff}\u{e000} 👨‍👩‍👧",
    "Келісім қабылданды \u{61}\u{308} ﷺ العربية",
    "__KELISIM_FILES__ __KELISIM_SITE__ __KELISIM_STYLES__ $& $1",
    "__proto__",
    "",
];

/// rasco.kz, with such words wherever a compiled site has words.
fn hostile() -> Compiled {
    let mut compiled = compiled(&rasco());
    let words: String = HOSTILE.concat();
    compiled.site.policy.clone_from(&words);
    compiled.site.languages[0].first_layer.clone_from(&words);
    compiled.site.languages[0].names = HOSTILE.map(str::to_owned).to_vec();
    let every = (0..0x3000).chain(0xd000..0x1_0100).filter_map(char::from_u32);
    compiled.site.languages[1].placeholder = every.collect();
    compiled.settings[0].html = words;
    compiled
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (name, site) in sites() {
        for options in [Options::default(), single_file()] {
            let (first, second) = (made(&compiled(&site), &options), made(&compiled(&site), &options));
            assert_eq!(first, second, "{name}");
        }
    }
}

/// No charset of a server changes it.
#[test]
fn everything_is_ascii_but_the_module() {
    let options = Options {
        module: true,
        ..Options::default()
    };
    for (name, site) in sites() {
        let bundle = made(&compiled(&site), &options);
        let mut texts = bundle.files.iter().filter(|file| !file.content.starts_with(b"\0asm"));
        assert!(texts.all(|file| file.content.is_ascii()), "{name}");
    }
}

#[test]
fn a_name_has_the_hash_of_its_file_and_the_script_the_integrity() {
    for (name, site) in sites() {
        let compiled = compiled(&site);
        let bundle = made(&compiled, &Options::default());
        let [_, files, _] = literals(&compiled, &Options::default());
        let languages = compiled.settings.iter().map(|settings| settings.language.as_str());
        let mut known = vec![
            (files["module"].clone(), "kelisim".to_owned(), "wasm"),
            (files["bindings"].clone(), "bindings".to_owned(), "js"),
        ];
        for language in languages.clone() {
            let file = files["settings"][language].clone();
            known.push((file, format!("settings.{language}"), "json"));
        }
        assert_eq!(files.as_object().unwrap().len(), 3, "{name}");
        let in_order: Vec<&str> = files["settings"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(in_order, languages.collect::<Vec<_>>());
        for (known, stem, ending) in &known {
            let file = known["name"].as_str().unwrap();
            let bytes = content(&bundle, file);
            let hash = hexadecimal(&Sha256::digest(bytes));
            assert_eq!(file, format!("{stem}.{}.{ending}", &hash[..16]));
            let sum = STANDARD.encode(Sha384::digest(bytes));
            assert_eq!(known, &json!({"name": file, "integrity": format!("sha384-{sum}")}));
        }
        let expected: Vec<&str> = known
            .iter()
            .map(|(known, ..)| known["name"].as_str().unwrap())
            .collect();
        assert_eq!(names(&bundle), [expected, vec!["SHA384SUMS", "kelisim.js"]].concat());
    }
}

#[test]
fn the_settings_travel_with_their_styles() {
    let compiled = compiled(&rasco());
    let bundle = made(&compiled, &Options::default());
    for settings in &compiled.settings {
        let stem = format!("settings.{}.", settings.language);
        let name = *names(&bundle).iter().find(|name| name.starts_with(&stem)).unwrap();
        let read: Value = serde_json::from_slice(content(&bundle, name)).unwrap();
        let styles = runtime(SCRIPT).settings_styles;
        let expected = json!({"language": settings.language, "html": settings.html, "styles": styles});
        assert_eq!(read, expected);
    }
    assert_eq!(
        content(&bundle, names(&bundle)[0]),
        runtime(SCRIPT).module,
        "the module is as it was"
    );
}

#[test]
fn the_checksums_are_those_of_every_file() {
    let options = Options {
        module: true,
        ..Options::default()
    };
    let bundle = made(&compiled(&rasco()), &options);
    let sums = std::str::from_utf8(content(&bundle, "SHA384SUMS")).unwrap();
    let mut expected = String::new();
    for file in bundle.files.iter().filter(|file| file.name != "SHA384SUMS") {
        writeln!(
            expected,
            "{}  {}",
            hexadecimal(&Sha384::digest(&file.content)),
            file.name
        )
        .unwrap();
    }
    assert_eq!(sums, expected);

    let directory = Directory::new("checksums");
    for file in &bundle.files {
        directory.write(&file.name, &file.content);
    }
    let mut command = Command::new("sha384sum");
    let done = command
        .args(["--check", "--strict", "SHA384SUMS"])
        .current_dir(directory.path())
        .output();
    assert!(done.unwrap().status.success());
}

/// B-02: what JavaScript has is what the compiler had, whatever an owner wrote.
#[test]
fn b_02_an_owners_words_are_words_to_javascript() {
    let compiled = hostile();
    for options in [Options::default(), single_file()] {
        let bundle = made(&compiled, &options);
        let script = content(&bundle, "kelisim.js");
        assert!(script.is_ascii());
        let built = evaluated(script);
        let [_, files, styles] = literals(&compiled, &options);
        assert_eq!(
            whole(&built["site"], &bundle),
            serde_json::to_value(&compiled.site).unwrap()
        );
        assert_eq!((&built["files"], &built["styles"]), (&files, &styles));
        let text = std::str::from_utf8(script).unwrap().to_ascii_lowercase();
        assert!(!text.contains("</script") && !text.contains("<!--") && !text.contains('\r'));
    }
}

#[test]
fn b_02_an_owners_words_are_words_in_the_settings() {
    let compiled = hostile();
    let [_, files, _] = literals(&compiled, &Options::default());
    let bundle = made(&compiled, &Options::default());
    let language = compiled.settings[0].language.as_str();
    let file = content(&bundle, files["settings"][language]["name"].as_str().unwrap());
    assert!(file.is_ascii());
    let read: Value = serde_json::from_slice(file).unwrap();
    assert_eq!(read["html"], compiled.settings[0].html);
    let [_, files, _] = literals(&compiled, &single_file());
    let text = files["settings"][language]["text"].as_str().unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(text).unwrap(),
        read,
        "in one file as apart"
    );
}

#[test]
fn one_file_has_everything_in_it() {
    let compiled = compiled(&rasco());
    let bundle = made(&compiled, &single_file());
    assert_eq!(names(&bundle), ["SHA384SUMS", "kelisim.js"]);
    let script = content(&bundle, "kelisim.js");
    let files = &evaluated(script)["files"];
    let module = STANDARD.encode(runtime(SCRIPT).module);
    assert_eq!(files["module"], json!({ "base64": module }));
    assert_eq!(files["settings"].as_object().unwrap().len(), 3);
    let hash = STANDARD.encode(Sha256::digest(script));
    assert_eq!(bundle.inline_source, Some(format!("'sha256-{hash}'")));
    assert_eq!(source_expression(script), format!("'sha256-{hash}'"));
    assert_eq!(made(&compiled, &Options::default()).inline_source, None);
}

#[test]
fn the_site_is_an_es_module() {
    let options = Options {
        module: true,
        ..Options::default()
    };
    let compiled = hostile();
    let bundle = made(&compiled, &options);
    let lines = "import(process.argv[1]).then(site => console.log(JSON.stringify(site.default)))";
    let read = in_node("kelisim.site.mjs", content(&bundle, "kelisim.site.js"), lines);
    assert_eq!(read["site"], serde_json::to_value(&compiled.site).unwrap());
    assert_eq!(read["settings"], serde_json::to_value(&compiled.settings).unwrap());
    assert!(
        read["tokens"].is_string(),
        "and the owner's colours: {}",
        read["tokens"]
    );
    assert_eq!(names(&bundle).last(), Some(&"kelisim.js"), "the script is last");
}

#[test]
fn the_tag_is_one_line_that_stays() {
    let compiled = compiled(&rasco());
    let at = |base: &str, pin: bool| {
        let base = base.parse().unwrap();
        made(
            &compiled,
            &Options {
                base,
                pin,
                ..Options::default()
            },
        )
    };
    let plain = at("/kelisim/", false);
    assert_eq!(plain.tag, "<script async src=\"/kelisim/kelisim.js\"></script>");
    assert_eq!(
        at("https://static.rasco.kz/k", false).tag,
        "<script async src=\"https://static.rasco.kz/k/kelisim.js\" crossorigin></script>"
    );

    let pinned = at("/", true);
    let script = content(&pinned, &pinned.script_name);
    assert_eq!(script, content(&plain, "kelisim.js"));
    let hash = hexadecimal(&Sha256::digest(script));
    assert_eq!(pinned.script_name, format!("kelisim.{}.js", &hash[..16]));
    let integrity = integrity(script);
    assert_eq!(
        pinned.tag,
        format!(
            "<script async src=\"/{}\" integrity=\"{integrity}\"></script>",
            pinned.script_name
        )
    );
    let elsewhere = at("https://static.rasco.kz/", true).tag;
    assert!(
        elsewhere.ends_with(&format!("integrity=\"{integrity}\" crossorigin></script>")),
        "{elsewhere}"
    );
}

#[test]
fn a_script_that_is_not_the_runtimes_is_refused() {
    let compiled = compiled(&rasco());
    let error = |script: &str, options: &Options| bundle(&compiled, &runtime(script), options).unwrap_err();
    let without = error("a(__KELISIM_SITE__,__KELISIM_FILES__)", &Options::default());
    assert!(
        matches!(
            without,
            BundleError::Place {
                place: "__KELISIM_STYLES__",
                times: 0
            }
        ),
        "{without}"
    );
    let twice = error(&format!("{PLACES};__KELISIM_SITE__"), &Options::default());
    assert!(
        matches!(
            twice,
            BundleError::Place {
                place: "__KELISIM_SITE__",
                times: 2
            }
        ),
        "{twice}"
    );
    let foreign = error(&format!("{PLACES}//қ"), &Options::default());
    assert!(matches!(foreign, BundleError::NotAscii('қ')), "{foreign}");
    for inline in ["'</Script>'", "'<!--'", "\r\n"] {
        let script = format!("{PLACES};{inline}");
        let refused = error(&script, &single_file());
        assert!(matches!(refused, BundleError::NotInline(_)), "{refused}");
        assert!(bundle(&compiled, &runtime(&script), &Options::default()).is_ok());
    }
}

/// A site that says nothing.
static SILENT: LazyLock<Compiled> = LazyLock::new(|| {
    let mut compiled = compiled(&rasco());
    compiled.site.languages.clear();
    compiled.settings.clear();
    compiled
});

/// The styles of a site with these tokens.
fn styles(light: &[(&str, &str)], dark: &[(&str, &str)]) -> String {
    let mut compiled = SILENT.clone();
    let owned = |tokens: &[(&str, &str)]| {
        let tokens = tokens.iter();
        tokens
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    (compiled.site.light, compiled.site.dark) = (owned(light), owned(dark));
    let [_, _, styles] = literals(&compiled, &Options::default());
    let styles = styles.as_str().unwrap();
    styles.strip_prefix(FIRST_LAYER_STYLES).unwrap().to_owned()
}

#[test]
fn tokens_are_light_by_default_and_dark_where_it_is_dark() {
    assert_eq!(styles(&[], &[]), "");
    let same = [("radius", "2px"), ("font", "'PT Sans', serif")];
    assert_eq!(
        styles(&same, &same),
        "@layer kelisim{.kelisim-own{--kelisim-radius:2px;--kelisim-font:\"PT Sans\", serif;}}"
    );
    assert_eq!(
        styles(
            &[("accent", "#123"), ("gap", "1em")],
            &[("accent", "#abc"), ("gap", "1em")]
        ),
        "@layer kelisim{.kelisim-own{--kelisim-accent:#123;--kelisim-gap:1em;}\
         .kelisim-own[data-theme=dark]{--kelisim-accent:#abc;}\
         @supports (color:light-dark(#fff,#000)){.kelisim-own[data-theme=auto]{--kelisim-accent:light-dark(#123,#abc);}}}"
    );
}

/// The custom properties of every rule of a sheet, with their values, as a browser reads it.
fn declared(sheet: &str) -> Result<Vec<Vec<(String, String)>>, ParseError<()>> {
    let mut found = Vec::new();
    rules(&mut Parser::new(sheet), &mut found)?;
    Ok(found)
}

fn rules(parser: &mut Parser<'_>, found: &mut Vec<Vec<(String, String)>>) -> Result<(), ParseError<()>> {
    while let Ok(token) = parser.next() {
        if *token != Token::CurlyBracketBlock {
            continue;
        }
        parser.parse_nested_block(|block| {
            let start = block.state();
            let is_rule = matches!(block.next(), Ok(Token::Ident(_)));
            block.reset(&start);
            if is_rule {
                found.push(declarations(block)?);
                Ok(())
            } else {
                rules(block, found)
            }
        })?;
    }
    Ok(())
}

fn declarations(parser: &mut Parser<'_>) -> Result<Vec<(String, String)>, ParseError<()>> {
    let mut found = Vec::new();
    while !parser.is_exhausted() {
        let name = parser.expect_ident_cloned()?.to_string();
        parser.expect_colon()?;
        let value = parser.parse_until_after(Delimiter::Semicolon, |value| {
            let start = value.position();
            value.expect_no_error_token()?;
            Ok(value.slice_from(start).to_owned())
        })?;
        found.push((name, value));
    }
    Ok(found)
}

/// A value of a token as somebody writes it who wants out of it.
fn value() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "'",
        "(",
        ")",
        "[",
        "]",
        "/*",
        "*/",
        "<!--",
        "-->",
        "</style>",
        "<",
        ">",
        "!important",
        "!",
        "\n",
        "\r",
        "\u{c}",
        "\0",
        " ",
        "calc(",
        "var(--x,",
        "1px",
        "1e3",
        "#fff",
        "red",
        ",",
        ":",
        "/",
        "--",
        "-",
        "қ",
        "🍪",
        "\u{2028}",
        "u",
        "rl(",
        "*",
        "%",
        "+",
        ".",
        "$",
        "=",
        "|",
        "~",
        "^",
        "?",
        "&",
    ]);
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// G-06: whatever the check lets pass is one value of its own property, or left out; the ones after it are there.
    #[test]
    fn g_06_no_value_leaves_its_declaration(written in value()) {
        if written.parse::<TokenText>().is_err() {
            return Ok(());
        }
        let sheet = written_styles(&written);
        let found = declared(&sheet).map_err(|error| TestCaseError::fail(format!("{error:?}: {sheet}")))?;
        prop_assert_eq!(found.len(), 3, "{}", sheet);
        let (light, dark) = (&found[0], &found[1]);
        prop_assert_eq!(dark, &[("--kelisim-gap".to_owned(), "2px".to_owned())]);
        prop_assert_eq!(light.last().unwrap(), &("--kelisim-gap".to_owned(), "1px".to_owned()));
        prop_assert!(light.len() == 1 || light.len() == 2 && light[0].0 == "--kelisim-font", "{}", sheet);
        prop_assert!(!sheet.contains("</") && !sheet.contains("<!"), "{}", sheet);
        prop_assert_eq!(sheet.matches(['{', '}']).count(), 10, "{}", sheet);
    }
}

fn written_styles(font: &str) -> String {
    styles(&[("font", font), ("gap", "1px")], &[("font", font), ("gap", "2px")])
}

/// T-06: twice the words, twice the time.
#[test]
fn t_06_time_grows_with_the_words() {
    let taken = |times: usize| {
        let mut compiled = compiled(&rasco());
        compiled.settings[0].html = "</script>қ \u{2028} < plain words ".repeat(times);
        compiled.site.languages[0].first_layer = compiled.settings[0].html.clone();
        compiled.site.light = vec![("font".to_owned(), "(".repeat(times))];
        let start = Instant::now();
        made(&compiled, &single_file());
        start.elapsed()
    };
    let (short, long) = (taken(5_000), taken(40_000));
    assert!(long < short * 30 + Duration::from_secs(1), "{short:?} {long:?}");
}
