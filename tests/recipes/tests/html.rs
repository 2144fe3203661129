//! Plain HTML, by the text of the start page: its commands are run, its blocks are pasted, and nothing else is done.

use recipes::document::{arguments, block};
use recipes::programs::{call, run};
use recipes::site::{ADDRESS, DOMAIN, START_PAGE, site_json};
use recipes::visitor::{comes, visits_the_whole};
use visits::internet::Internet;
use visits::project::Project;
use visits::runner::{Case, Visitor};
use visits::site::Site;

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![by_the_start_page]
}

async fn by_the_start_page(visitor: Visitor) {
    let (page, section) = START_PAGE;
    // Its first step, the installation, is what a new project begins with.
    let project = Project::new("html").await;
    project.write("site.json", &site_json());
    let command = block(page, section, "text", "npx kelisim build");
    let mut build = call("npx", &project.path(""));
    build.args(["--no", "--offline"]).args(arguments(&command, "npx"));
    let printed = run(build).await;
    let tag = block(page, section, "html", "<script");
    assert!(
        printed.contains(tag.trim()),
        "the command prints the tag of the start page: {printed}"
    );
    let link = block(page, section, "html", "data-kelisim-action");
    project.write(
        "public/index.html",
        &format!(
            "<!doctype html>\n<html lang=\"ru\">\n<head>\n<meta charset=\"utf-8\">\n{tag}<title>Курсы</title>\n</head>\n\
             <body>\n<h1>Курсы</h1>\n<footer>\n{link}</footer>\n</body>\n</html>\n"
        ),
    );
    let internet = Internet::with([project.served("public", Site::of(DOMAIN))]);
    let visit = comes(&visitor, &internet).await;
    visits_the_whole(&visit, ADDRESS).await;
    visit.click("footer a").await;
    visit.settings_open().await;
}
