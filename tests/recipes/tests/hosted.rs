//! Platforms that take no files and have a field for code, as Tilda and GetCourse have it: a line in the head whose script lies
//! on another host, or the script in a block of the page. The platform itself cannot be had; what its field prints can.

use std::path::PathBuf;

use recipes::document::block;
use recipes::programs::empty_folder;
use recipes::site::{ADDRESS, DOMAIN, build};
use recipes::visitor::{comes, visits_the_whole};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::Site;

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![a_line_in_the_head, the_script_in_a_block, the_tag_of_a_template]
}

/// A page as such a platform makes it, with what its owner has put into the head and into a block of the body.
fn page(head: &str, block: &str) -> Answer {
    Answer::page(format!(
        "<!DOCTYPE html><html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Курсы</title>\
         <script src=\"/platform.js\"></script>{head}</head><body><h1>Курсы</h1>{block}</body></html>"
    ))
}

async fn single_file(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    build(&folder, "built", &["--single-file"]).await;
    folder.join("built/kelisim.js")
}

/// The host sends the file and no header of its own.
async fn a_line_in_the_head(visitor: Visitor) {
    let script = std::fs::read(single_file("hosted-line").await).unwrap();
    let tag = block("docs/recipes/tilda.md", "", "html", "<script async");
    let link = block("docs/recipes/tilda.md", "", "html", "data-kelisim-action");
    let site = Site::of(DOMAIN)
        .answers("/", page(&tag, &link))
        .answers("/platform.js", Answer::script(""))
        .answers("/kelisim.js", Answer::new("text/javascript", script));
    let visit = comes(&visitor, &Internet::with([site])).await;
    visits_the_whole(&visit, ADDRESS).await;
    visit.click("body a[data-kelisim-action=settings]").await;
    visit.settings_open().await;
    let hosts = visit.internet.requests_for("static.example.kz", "/");
    assert!(
        hosts.iter().all(|request| request.path == "/kelisim.js"),
        "one file: {hosts:?}"
    );
}

async fn the_script_in_a_block(visitor: Visitor) {
    let script = std::fs::read_to_string(single_file("hosted-block").await).unwrap();
    let site = Site::of(DOMAIN)
        .answers(
            "/",
            page("", &format!("<div class=\"block\"><script>{script}</script></div>")),
        )
        .answers("/platform.js", Answer::script(""));
    let visit = comes(&visitor, &Internet::with([site])).await;
    visits_the_whole(&visit, ADDRESS).await;
}

/// As 1C-Bitrix and OpenCart print it: their own attribute, an address from the root, a `<base>`.
async fn the_tag_of_a_template(visitor: Visitor) {
    for (document, before) in [("bitrix", ""), ("opencart", "<base href=\"https://example.kz/shop/\">")] {
        let folder = empty_folder(&format!("hosted-{document}"));
        build(&folder, "built/kelisim", &[]).await;
        let tag = block(&format!("docs/recipes/{document}.md"), "", "html", "<script async");
        let site = visits::project::Project::at(folder).served("built", Site::of(DOMAIN));
        let site = site
            .answers("/", page(&format!("{before}{tag}"), ""))
            .answers("/platform.js", Answer::script(""));
        let visit = comes(&visitor, &Internet::with([site])).await;
        visits_the_whole(&visit, ADDRESS).await;
    }
}
