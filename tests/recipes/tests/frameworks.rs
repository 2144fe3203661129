//! Next.js, Nuxt and Astro, each a small project under `tests/recipes/` whose file with the tag is word for word that of the
//! document: built for production, served, and visited, also by their routers.

use std::path::PathBuf;

use recipes::document::block;
use recipes::programs::{Server, call, run, serve};
use recipes::site::{ADDRESS, DOMAIN, build};
use recipes::tried_on;
use recipes::visitor::{
    accepts, banners, comes, follows, is_asked, is_not_asked_again, nothing_is_thrown, tag_and_before, withdraws,
};
use serde_json::{Value, json};
use visits::internet::Internet;
use visits::project::Project;
use visits::runner::{Case, Visitor};
use visits::site::{Site, repository};

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![next, nuxt, astro]
}

/// A project of the trials.
struct Framework {
    name: &'static str,
    folder: PathBuf,
}

impl Framework {
    /// The project with Kelisim built into its public folder, and its file with the tag held against the document.
    async fn new(name: &'static str, kind: &str, file: &str) -> Framework {
        let folder = repository().canonicalize().unwrap().join("tests/recipes").join(name);
        let written = std::fs::read_to_string(folder.join(file)).unwrap();
        let said = block(&format!("docs/recipes/{name}.md"), "", kind, "kelisim.js");
        assert_eq!(said, written, "{file} is that of the document");
        build(&folder, "public/kelisim", &[]).await;
        Framework { name, folder }
    }

    /// Builds it, by a script of a package.
    async fn builds(&self, script: &str) {
        let mut command = call("node", &self.folder);
        command.args([script, "build"]);
        run(command).await;
        let manifest = self.folder.join("node_modules").join(self.name).join("package.json");
        let manifest: Value = serde_json::from_str(&std::fs::read_to_string(manifest).unwrap()).unwrap();
        tried_on(self.name, manifest["version"].as_str().unwrap());
    }

    /// Serves it, by a script with arguments.
    async fn is_served(&self, arguments: &[&str]) -> Server {
        let mut command = call("node", &self.folder);
        command.args(arguments).env("HOST", "127.0.0.1");
        serve(self.name, command, |command, port| {
            command.env("PORT", port.to_string());
        })
        .await
    }
}

/// Comes to the first page, goes on by the router, and is asked once: whatever page the answer is given on, the others know.
async fn visits_by_the_router(visitor: &Visitor, site: Site) {
    let visit = comes(visitor, &Internet::with([site])).await;
    is_asked(&visit, ADDRESS).await;
    let (tag, _) = tag_and_before(&visit, "/kelisim/kelisim.js").await;
    assert_eq!(tag["src"], "/kelisim/kelisim.js", "the tag is in the head");
    follows(&visit, "#to-web", "Веб-разработка").await;
    assert_eq!(banners(&visit).await, 1, "still one question");
    follows(&visit, "#to-courses", "Курсы").await;
    assert_eq!(banners(&visit).await, 1, "and when the router has come back");
    accepts(&visit).await;
    let asked = |visit: &visits::visit::Visit| visit.internet.requests_for("mc.yandex.ru", "/metrika/tag.js").len();
    let before = asked(&visit);
    follows(&visit, "#to-web", "Веб-разработка").await;
    assert_eq!(banners(&visit).await, 0, "nobody is asked twice");
    assert_eq!(asked(&visit), before, "what runs is not started anew");
    visit.click("footer [data-kelisim-action=settings]").await;
    visit.settings_open().await;
    visit.choose("close").await;
    visit.settings_closed().await;
    let allowed = visit.script("return window.kelisim.allows('analytics')").await;
    assert_eq!(allowed, json!(true));
    is_not_asked_again(&visit, &format!("{ADDRESS}web")).await;
    withdraws(&visit).await;
    follows(&visit, "#to-courses", "Курсы").await;
    assert_eq!(banners(&visit).await, 0, "a no is an answer");
    nothing_is_thrown(&visit).await;
}

async fn next(visitor: Visitor) {
    let project = Framework::new("next", "jsx", "app/layout.jsx").await;
    let script = "node_modules/next/dist/bin/next";
    project.builds(script).await;
    let server = project.is_served(&[script, "start", "--hostname", "127.0.0.1"]).await;
    visits_by_the_router(&visitor, Site::left_to(DOMAIN, server.port)).await;
}

async fn nuxt(visitor: Visitor) {
    let project = Framework::new("nuxt", "ts", "nuxt.config.ts").await;
    project.builds("node_modules/nuxt/bin/nuxt.mjs").await;
    let server = project.is_served(&[".output/server/index.mjs"]).await;
    visits_by_the_router(&visitor, Site::left_to(DOMAIN, server.port)).await;
}

async fn astro(visitor: Visitor) {
    let project = Framework::new("astro", "astro", "src/layouts/Layout.astro").await;
    project.builds("node_modules/astro/astro.js").await;
    let built = Project::at(project.folder.clone());
    let site = built.served("dist", Site::of(DOMAIN));
    // A static server shows a folder as its page.
    let page = std::fs::read(project.folder.join("dist/web/index.html")).unwrap();
    let site = site.answers("/web", visits::internet::Answer::page(page));
    visits_by_the_router(&visitor, site).await;
}
