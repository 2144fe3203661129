//! A project of Vite's, by the start page and the document that it leads to: the commands and blocks of both, and nothing else.

use recipes::document::{arguments, block};
use recipes::programs::{call, run};
use recipes::site::{ADDRESS, DOMAIN, START_PAGE, site_json};
use recipes::tried_on;
use recipes::visitor::{comes, visits_the_whole};
use visits::internet::Internet;
use visits::project::Project;
use visits::runner::{Case, Visitor};
use visits::site::Site;

/// Where the start page sends a project with a bundler.
const DOCUMENT: &str = "docs/bundlers.md";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![by_the_start_page]
}

async fn by_the_start_page(visitor: Visitor) {
    let start_page = std::fs::read_to_string(visits::site::repository().join(START_PAGE.0)).unwrap();
    assert!(
        start_page.contains(&format!("]({DOCUMENT})")),
        "the start page leads there"
    );
    let project = Project::with_bundlers("vite").await;
    project.write("site.json", &site_json());
    let commands = block(DOCUMENT, "", "text", "npx kelisim build");
    let command = commands.lines().find(|line| line.starts_with("npx")).unwrap();
    let mut build = call("npx", &project.path(""));
    build.args(["--no", "--offline"]).args(arguments(command, "npx"));
    run(build).await;
    project.write("src/main.js", &block(DOCUMENT, "", "js", "kelisim.site.js"));
    project.write(
        "index.html",
        "<!doctype html>\n<html lang=\"ru\">\n<head><meta charset=\"utf-8\"><title>Курсы</title></head>\n<body>\n<h1>Курсы</h1>\n\
         <script type=\"module\" src=\"/src/main.js\"></script>\n</body>\n</html>\n",
    );
    let mut vite = call("node", &project.path(""));
    vite.args(["node_modules/vite/bin/vite.js", "build"]);
    tried_on("Vite", run(vite).await.split_whitespace().nth(1).unwrap_or_default());
    let internet = Internet::with([project.served("dist", Site::of(DOMAIN))]);
    let visit = comes(&visitor, &internet).await;
    visits_the_whole(&visit, ADDRESS).await;
}
