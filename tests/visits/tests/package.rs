//! What somebody with Node alone makes of the packed package: built sites, bundles, types. Everything is installed from the
//! packed file into an empty project, and what a bundler has made is visited.

use std::path::Path;

use visits::browsers::Engine;
use visits::internet::Internet;
use visits::project::{Done, Project, files_under};
use visits::runner::{Case, Visitor};
use visits::site::{SITES, Site, repository};
use visits::{shows, shows_equal};

use crate::owner::built_program;

const ADDRESS: &str = "https://rasco.kz/";

const VITE: &str = "node_modules/vite/bin/vite.js";
const WEBPACK: &str = "node_modules/webpack-cli/bin/cli.js";
const ESBUILD: &str = "node_modules/esbuild/bin/esbuild";
const TSC: &str = "node_modules/typescript/bin/tsc";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits_to![SITES; p_20_npx_builds_the_very_bytes_of_the_native_program];
    cases.extend(visits::visits![
        p_20_npx_prints_and_ends_as_the_native_program,
        p_20_vite_in_development,
        p_20_vite_built,
        p_20_webpack,
        p_20_esbuild_with_the_module_named,
        p_20_esbuild_with_the_module_inside,
        p_20_a_configuration_is_compiled_in_the_bundle,
        p_20_react_in_strict_mode,
        p_20_types_are_found_and_hold,
        p_20_nothing_runs_where_there_is_no_page,
        p_14_the_archive_works_behind_any_server,
    ]);
    // What a bundler makes is the same in each engine.
    cases
        .into_iter()
        .map(|case| case.only_in(&[Engine::Chromium]))
        .collect()
}

/// Every way to build, as arguments.
fn ways() -> Vec<Vec<&'static str>> {
    let options: [&[&str]; 4] = [
        &["--pin"],
        &["--single-file"],
        &["--module"],
        &["--base", "https://static.example.kz/kelisim/"],
    ];
    let chosen = |way: usize| {
        let options = options.iter().enumerate();
        options.filter(move |(place, _)| way >> place & 1 == 1)
    };
    (0..1 << options.len())
        .map(|way| chosen(way).flat_map(|(_, option)| option.iter().copied()).collect())
        .collect()
}

/// The names and bytes of what was built.
fn built(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = files_under(folder).into_iter();
    names
        .map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap()))
        .collect()
}

/// What the native program does in a project.
async fn natively(project: &Project, arguments: &[&str]) -> Done {
    project.run(built_program("kelisim").to_str().unwrap(), arguments).await
}

/// What a site serves does not depend on how another is built, and weighing it takes seconds: so each site is built in some of
/// the ways, and in each way a site.
async fn p_20_npx_builds_the_very_bytes_of_the_native_program(_: Visitor, domain: &str) {
    let (native, node) = (
        &Project::new(&format!("{domain}-native")).await,
        &Project::new(domain).await,
    );
    let dist = repository().canonicalize().unwrap().join("dist");
    let from_dist = ["--dist", dist.to_str().unwrap()];
    let site = repository().join("www/sites").join(domain).join("site.json");
    let site = std::fs::read_to_string(site).unwrap();
    native.write("site.json", &site);
    node.write("site.json", &site);
    let place = SITES.iter().position(|site| *site == domain).unwrap();
    for way in ways().iter().skip(place).step_by(SITES.len()) {
        let build = [&["build", "site.json", "--out", "public"], &way[..]].concat();
        let natively_built = [&build[..], &from_dist].concat();
        let (natively_done, done) = tokio::join!(natively(native, &natively_built), node.npx_kelisim(&build));
        shows_equal!("P-20", done, natively_done, "{domain} {way:?}: the same words and code");
        let (natively_made, made) = (built(&native.path("public")), built(&node.path("public")));
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<String>>();
        shows_equal!("P-20", names(&made), names(&natively_made), "{domain} {way:?}");
        for ((name, bytes), (_, native_bytes)) in made.iter().zip(&natively_made) {
            shows!(
                "P-20",
                bytes == native_bytes,
                "{domain} {way:?}: {name} has the same bytes"
            );
        }
    }
}

async fn p_20_npx_prints_and_ends_as_the_native_program(_: Visitor) {
    let project = &Project::new("words").await;
    let site = repository().join("www/sites/rasco.kz");
    for name in ["site.json", "policy-only.json"] {
        project.write(name, &std::fs::read_to_string(site.join(name)).unwrap());
    }
    project.write("comma.json", "{ \"law\": [\"kz\",] }");
    std::fs::write(project.path("windows-1251.json"), b"{ \"operator\": \"\xd2\xce\xce\" }").unwrap();
    std::fs::create_dir(project.path("a-folder")).unwrap();
    let commands: &[&[&str]] = &[
        &["check", "site.json"],
        &["check", "--json", "site.json", "policy-only.json"],
        &["check", "comma.json", "nowhere.json", "windows-1251.json", "a-folder"],
        &["build", "policy-only.json", "--out", "public"],
        &["build", "nowhere.json", "--out", "public"],
        &["build", "site.json", "--out", "comma.json"],
        &["build", "site.json", "--out", "public", "--dist", "nowhere"],
        &["snippet", "site.json", "--first-layer", "--lang", "kk"],
        &["snippet", "site.json", "--first-layer", "--lang", "fr"],
        &["notice", "site.json", "--lang", "ru"],
        &["notice", "site.json", "--lang", "fr"],
        &["register", "site.json"],
        &["compile", "site.json"],
        &["schema"],
        &["build", "site.json"],
        &["--version"],
        &["no-such-command"],
    ];
    for command in commands {
        let mut native = natively(project, command).await;
        let node = project.npx_kelisim(command).await;
        // Only a native program is made with cargo.
        let make_one = "make one with `cargo xtask build`";
        native.complaint = native.complaint.replace(make_one, "install the package anew");
        shows_equal!("P-20", node, native, "{command:?}");
    }
    let help = project.npx_kelisim(&["help"]).await.printed();
    shows!(
        "P-20",
        help.contains("\n  build ") && !help.contains("evidence"),
        "{help}"
    );
}

/// A project with a page, the site of rasco.kz built for a bundler, and an entry that starts it.
async fn shop(name: &str, entry: &str) -> Project {
    let project = Project::with_bundlers(name).await;
    let site = repository().join("www/sites/rasco.kz/site.json");
    project.write("site.json", &std::fs::read_to_string(site).unwrap());
    let build = ["build", "site.json", "--out", "src/kelisim", "--module"];
    project.npx_kelisim(&build).await.printed();
    project.write(
        "index.html",
        &page("<script type=\"module\" src=\"/src/main.js\"></script>"),
    );
    project.write("src/main.js", entry);
    project
}

/// The page of a shop, with what brings its bundle.
fn page(brings: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Курсы</title>\
         <script src=\"/visit/recorder.js\"></script></head><body><h1>Курсы</h1><div id=\"shop\"></div>\
         <script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>{brings}</body></html>\n"
    )
}

const ENTRY: &str = "import { start } from 'kelisim';\nimport site from './kelisim/kelisim.site.js';\n\
    start(site).then(kelisim => { window.started = kelisim === window.kelisim });\n";

/// A visitor comes to a shop, is asked before anything runs, and accepts. `expected` is how many modules the page fetches: its
/// runtime, unless that is in the bundle, and where it has to compile, the compiler.
async fn visit(visitor: &Visitor, site: Site, expected: usize) {
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until_true("that start resolves to the API", "return window.started === true")
        .await;
    shows!("P-20", visit.runs().await.is_empty(), "nothing runs before a yes");
    let vendors = internet.requests_to_vendors();
    shows!("P-20", vendors.is_empty(), "nobody is asked before a yes: {vendors:?}");
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!("P-20", visit.runs().await, ["analytics"], "what is granted runs");
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    let requests = internet.requests_for("rasco.kz", "/");
    let is_module = |path: &str| Path::new(path).extension() == Some("wasm".as_ref());
    let modules = requests.iter().filter(|request| is_module(&request.path)).count();
    shows_equal!("P-20", modules, expected, "modules: {requests:?}");
    shows_equal!("P-20", visit.errors().await, Vec::<String>::new(), "nothing is thrown");
    let mut console = visit.console().await;
    // Its development server misses a way to say that a file has changed.
    console.retain(|line| !line.starts_with("[vite]"));
    shows_equal!("P-20", console, Vec::<String>::new(), "nothing to complain of");
}

const VITE_CONFIGURATION: &str = "export default {\n  build: { emptyOutDir: true },\n  \
    server: { allowedHosts: ['rasco.kz'], hmr: false, ws: false },\n};\n";

async fn p_20_vite_in_development(visitor: Visitor) {
    let project = shop("vite-dev", ENTRY).await;
    project.write("vite.config.js", VITE_CONFIGURATION);
    let server = project.serve(VITE, &["--host", "127.0.0.1", "--strictPort"]).await;
    visit(&visitor, Site::left_to("rasco.kz", server.port), 1).await;
}

async fn p_20_vite_built(visitor: Visitor) {
    let project = shop("vite-build", ENTRY).await;
    project.run("node", &[VITE, "build"]).await.printed();
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 1).await;
}

async fn p_20_webpack(visitor: Visitor) {
    let project = shop("webpack", ENTRY).await;
    let bundle = [
        WEBPACK,
        "--mode",
        "production",
        "--entry",
        "./src/main.js",
        "--output-path",
        "dist",
    ];
    project.run("node", &bundle).await.printed();
    project.write("dist/index.html", &page("<script src=\"/main.js\"></script>"));
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 1).await;
}

/// esbuild copies no file that is named by its address, so it is imported.
async fn p_20_esbuild_with_the_module_named(visitor: Visitor) {
    let entry = "import { start } from 'kelisim';\nimport module from 'kelisim/kelisim.wasm';\n\
        import site from './kelisim/kelisim.site.js';\n\
        start(site, { module }).then(kelisim => { window.started = kelisim === window.kelisim });\n";
    let project = shop("esbuild-esm", entry).await;
    let bundle = [
        "src/main.js",
        "--bundle",
        "--splitting",
        "--format=esm",
        "--loader:.wasm=file",
        "--public-path=/",
        "--outdir=dist",
    ];
    project.run(ESBUILD, &bundle).await.printed();
    project.write(
        "dist/index.html",
        &page("<script type=\"module\" src=\"/main.js\"></script>"),
    );
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 1).await;
}

/// A bundle that is one classic script.
async fn p_20_esbuild_with_the_module_inside(visitor: Visitor) {
    let project = shop("esbuild-iife", &ENTRY.replace("'kelisim'", "'kelisim/inline'")).await;
    let bundle = ["src/main.js", "--bundle", "--format=iife", "--outdir=dist"];
    let done = project.run(ESBUILD, &bundle).await;
    shows!("P-20", !done.complaint.contains("warning"), "{}", done.complaint);
    done.printed();
    project.write("dist/index.html", &page("<script src=\"/main.js\"></script>"));
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 0).await;
}

async fn p_20_a_configuration_is_compiled_in_the_bundle(visitor: Visitor) {
    let entry = ENTRY.replace("./kelisim/kelisim.site.js", "../site.json");
    let project = shop("configuration", &entry).await;
    project.run("node", &[VITE, "build"]).await.printed();
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 2).await;
}

/// In strict mode every effect runs twice: the second start is that of the first.
async fn p_20_react_in_strict_mode(visitor: Visitor) {
    let entry = "import { StrictMode, createElement, useEffect, useState } from 'react';\n\
        import { createRoot } from 'react-dom/client';\nimport { start } from 'kelisim';\n\
        import site from './kelisim/kelisim.site.js';\nlet starts = 0;\n\
        function Consent() {\n  const [state, setState] = useState('waits');\n  useEffect(() => {\n    starts += 1;\n    \
        start(site).then(kelisim => { window.started = kelisim === window.kelisim && starts === 2; setState('ready') });\n  \
        }, []);\n  return createElement('p', { id: 'consent' }, state);\n}\n\
        createRoot(document.getElementById('shop')).render(createElement(StrictMode, null, createElement(Consent)));\n";
    let project = shop("react", entry).await;
    // React runs effects twice where it is not built for production alone.
    project.write(
        "vite.config.js",
        "export default { define: { 'process.env.NODE_ENV': '\"development\"' }, mode: 'development' };\n",
    );
    project
        .run("node", &[VITE, "build", "--mode", "development"])
        .await
        .printed();
    visit(&visitor, project.served("dist", Site::of("rasco.kz")), 1).await;
}

const TYPED: &str = "import { KelisimError, start } from 'kelisim';\n\
    import type { CompiledSite, Configuration, Kelisim, KelisimRecord, StartOptions } from 'kelisim';\n\
    import { start as startInline } from 'kelisim/inline';\n\
    import site from './kelisim/kelisim.site.js';\n\
    import written from '../site.json' with { type: 'json' };\n\
    const compiled: CompiledSite = site;\n\
    const options: StartOptions = { nonce: 'x', google: false, module: fetch('/kelisim.wasm') };\n\
    const configuration = {\n  operator: { name: 'ТОО «Пример»', bin: '991240000003' },\n  \
    policy: { url: '/privacy', version: '1' },\n  languages: ['ru', 'kk'],\n  \
    services: [{ use: 'yandex-metrika', counter: 12345678 }],\n} satisfies Configuration;\n\
    const kelisim: Kelisim = await start(compiled, options);\n\
    await start(configuration); await start(written); await startInline(site);\n\
    const off: () => void = kelisim.on('decision', ({ granted, source }) => { granted.includes(source) });\noff();\n\
    const record: KelisimRecord | null = await window.kelisim.reject();\n\
    kelisim.ready.catch((error: unknown) => { if (error instanceof KelisimError) console.log(error.code, error.problems[0]?.mend) });\n\
    // @ts-expect-error: no event is called so\n    kelisim.on('decided', () => {});\n\
    // @ts-expect-error: the vendor has no such parameter\n    \
    ({ use: 'yandex-metrika', number: 1 }) satisfies NonNullable<Configuration['services']>[number];\n\
    // @ts-expect-error: no key is called so\n    \
    ({ ...configuration, categoriez: [] }) satisfies Configuration;\n\
    export { record };\n";

async fn p_20_types_are_found_and_hold(_: Visitor) {
    let project = shop("types", "").await;
    project.write("src/main.ts", TYPED);
    for (resolution, module) in [("bundler", "esnext"), ("nodenext", "nodenext")] {
        let strict = [
            "--noEmit",
            "--strict",
            "--target",
            "es2022",
            "--lib",
            "es2022,dom",
            "--resolveJsonModule",
            "--types",
            "",
        ];
        let how = [
            "--moduleResolution",
            resolution,
            "--module",
            module,
            "src/main.ts",
            "--ignoreConfig",
        ];
        let done = project.run("node", &[&[TSC], &strict[..], &how[..]].concat()).await;
        shows_equal!("P-20", done.code, Some(0), "{resolution}: {}", done.printed);
    }
}

/// A server that renders pages imports what the browser will run.
async fn p_20_nothing_runs_where_there_is_no_page(_: Visitor) {
    let project = Project::new("server").await;
    project.write(
        "render.js",
        "import { start, KelisimError } from 'kelisim';\nimport * as inline from 'kelisim/inline';\n\
         for (const begin of [start, inline.start]) {\n  \
         await begin({}).catch(error => console.log(error instanceof Error, error.name, error.code));\n}\n\
         console.log(typeof KelisimError, import.meta.resolve('kelisim/schema.json').endsWith('kelisim.schema.json'));\n",
    );
    let printed = project.run("node", &["render.js"]).await.printed();
    let refused = "true KelisimError unavailable\n";
    shows_equal!("P-20", printed, format!("{refused}{refused}function true\n"), "in Node");
}

/// The ZIP, unpacked behind a server that shows a folder.
async fn p_14_the_archive_works_behind_any_server(visitor: Visitor) {
    let project = Project::new("archive").await;
    project.unpack_the_archive();
    let folder = format!("kelisim-{}", env!("CARGO_PKG_VERSION"));
    let checked = project.npx_kelisim(&["check", &format!("{folder}/site.json")]).await;
    shows!("O-02", checked.printed.contains("nothing wrong"), "{}", checked.printed);
    let internet = Internet::with([project.served(&folder, Site::of("rasco.kz"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.question().await;
    let state = "return document.getElementById('statistics').textContent";
    shows_equal!(
        "P-14",
        visit.script(state).await,
        "Статистика не разрешена.",
        "before a yes"
    );
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    shows_equal!("P-14", visit.script(state).await, "Статистика разрешена.", "after it");
}
