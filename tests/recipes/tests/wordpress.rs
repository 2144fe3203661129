//! The plugin on the WordPress of Debian: installed, configured and deleted by its owner on the pages of the administration,
//! and visited.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use recipes::document::section;
use recipes::programs::empty_folder;
use recipes::site::{ADDRESS, DOMAIN, build, site_json};
use recipes::tried_on;
use recipes::visitor::{banners, comes, tag_and_before, visits_the_whole};
use recipes::wordpress::{Owner, WordPress};
use serde_json::json;
use visits::configurator::{download, opened, take_file};
use visits::project::files_under;
use visits::runner::{Case, Visitor};
use visits::visit::Visit;
use zip::write::SimpleFileOptions;

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        by_the_start_page,
        a_single_file_is_uploaded,
        a_zip_is_uploaded_and_nothing_else_is_written,
        site_json_is_pasted,
        who_may_not_bring_scripts_brings_none,
        a_deleted_plugin_leaves_nothing,
    ]
}

/// Where the plugin puts what it was given.
const UPLOADS: &str = "wp-content/uploads/kelisim";

/// What `kelisim build` made of the example, for the owner to upload.
struct Built(PathBuf);

impl Built {
    async fn new(name: &str) -> Built {
        let folder = empty_folder(&format!("{name}-build"));
        build(&folder, "one", &["--single-file"]).await;
        build(&folder, "many", &[]).await;
        Built(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A ZIP of the built folder, with whatever else is wanted, by paths and contents.
    fn zip(&self, name: &str, more: &[(&str, &[u8])], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> PathBuf {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let folder = self.path("many");
        let built = files_under(&folder).into_iter().map(|file| {
            let content = change(&file, std::fs::read(folder.join(&file)).unwrap());
            (format!("kelisim/{file}"), content)
        });
        let more = more
            .iter()
            .map(|(path, content)| ((*path).to_owned(), content.to_vec()));
        for (path, content) in built.chain(more) {
            zip.start_file(path, SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
        let path = self.path(name);
        std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
        path
    }
}

/// A WordPress with the plugin, and its owner's visit.
async fn with_the_plugin(visitor: &Visitor, name: &str) -> (WordPress, Visit) {
    let wordpress = WordPress::install(name).await;
    let visit = comes(visitor, &wordpress.internet()).await;
    let owner = Owner::signs_in(&visit).await;
    owner.installs_the_plugin().await;
    (wordpress, visit)
}

/// A visitor comes, with a fresh profile: the tag is the first of all that loads or runs, has what keeps optimisers away, and
/// the whole visit goes as it has to.
async fn is_visited(visitor: &Visitor, wordpress: &WordPress, script: &str) -> Visit {
    let visit = comes(visitor, &wordpress.internet()).await;
    visits_the_whole(&visit, ADDRESS).await;
    let (tag, before) = tag_and_before(&visit, script).await;
    assert_eq!(before, json!([]), "nothing stands before the tag");
    for name in [
        "async",
        "data-cfasync",
        "data-no-optimize",
        "data-no-defer",
        "data-no-minify",
        "nowprocket",
    ] {
        assert!(tag.get(name).is_some(), "{name}: {tag}");
    }
    assert_eq!(
        wordpress.complaints(),
        Vec::<String>::new(),
        "PHP has nothing to complain of"
    );
    visit
}

/// Somebody who was told nothing but "put Kelisim on this site": the start page names the configurator and the recipe, and what
/// the one hands over, the plugin of the other takes.
async fn by_the_start_page(visitor: Visitor) {
    let start = section("README.md", "## Put it on a site");
    for named in ["www/README.md#configurator", "docs/recipes/wordpress.md"] {
        assert!(start.contains(named), "the start page names {named}");
    }
    let owner = opened(&visitor, "ru").await;
    take_file(&owner, &site_json()).await;
    owner.click("[data-go=take]").await;
    let folder = empty_folder("wordpress-start-zip");
    let zip = folder.join("kelisim.zip");
    std::fs::write(&zip, download(&owner, "kelisim.zip").await).unwrap();

    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-start").await;
    let answer = Owner(&visit).uploads(&zip).await;
    assert!(answer.contains("success"), "{answer}");
    is_visited(&visitor, &wordpress, "uploads/kelisim/kelisim.js").await;
}

async fn a_single_file_is_uploaded(visitor: Visitor) {
    let built = Built::new("wordpress-file").await;
    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-file").await;
    for (what, version) in wordpress.versions().await {
        tried_on(what, &version);
    }
    let owner = Owner(&visit);
    owner.opens_the_settings().await;
    owner.pictures("wordpress-settings.ru.png").await;
    let heading = "return document.querySelector('#kelisim h2').textContent";
    assert_eq!(
        visit.script(heading).await,
        "Загрузить сборку",
        "in the owner's language"
    );
    wordpress
        .with_wordpress("update_user_meta(1, 'locale', 'en_US');")
        .await;
    owner.opens_the_settings().await;
    owner.pictures("wordpress-settings.png").await;
    assert_eq!(visit.script(heading).await, "Upload a build", "in the owner's language");

    let text = built.path("notes.js");
    std::fs::write(&text, "alert(1)").unwrap();
    for (file, refusal) in [
        (text, "neither a script"),
        (built.path("many/kelisim.js"), "needs the files beside it"),
    ] {
        let answer = owner.uploads(&file).await;
        assert!(answer.contains("error") && answer.contains(refusal), "{answer}");
    }
    assert!(!wordpress.path(UPLOADS).exists(), "what is refused is not written");

    let answer = owner.uploads(&built.path("one/kelisim.js")).await;
    assert!(answer.contains("success"), "{answer}");
    assert_eq!(files_under(&wordpress.path(UPLOADS)), ["kelisim.js"]);
    // The link that opens the settings, in a page of the site.
    let page = wordpress
        .with_wordpress("echo wp_insert_post(array('post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Cookie', 'post_content' => '[kelisim_settings label=\"Мой выбор\"]'));")
        .await;

    let visit = comes(&visitor, &wordpress.internet()).await;
    recipes::visitor::is_asked(&visit, ADDRESS).await;
    Owner(&visit).pictures("wordpress-banner.png").await;
    visit
        .open_and_start(&format!("{ADDRESS}?page_id={}", page.trim()))
        .await;
    visit.click("a[data-kelisim-action=settings]").await;
    visit.settings_open().await;
    let visit = is_visited(&visitor, &wordpress, "uploads/kelisim/kelisim.js").await;
    let others = visit.internet.requests_for(DOMAIN, "/wp-content/uploads/kelisim/");
    assert!(
        others.iter().all(|request| request.path.ends_with("/kelisim.js")),
        "one file: {others:?}"
    );
}

async fn a_zip_is_uploaded_and_nothing_else_is_written(visitor: Visitor) {
    let built = Built::new("wordpress-zip").await;
    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-zip").await;
    let owner = Owner(&visit);
    let everything = || {
        files_under(&wordpress.path("wp-content"))
            .into_iter()
            .collect::<BTreeSet<String>>()
    };
    let before = everything();
    let spoil = |file: &str, mut content: Vec<u8>| {
        if Path::new(file).extension() == Some("wasm".as_ref()) {
            content.push(0);
        }
        content
    };
    let asis = |_: &str, content: Vec<u8>| content;
    let script = std::fs::read(built.path("many/kelisim.js")).unwrap();
    for (zip, refusal) in [
        (built.zip("spoiled.zip", &[], spoil), "SHA384SUMS"),
        (
            built.zip("twice.zip", &[("again/kelisim.js", script.as_slice())], asis),
            "kelisim.js",
        ),
    ] {
        let answer = owner.uploads(&zip).await;
        assert!(answer.contains("error") && answer.contains(refusal), "{answer}");
    }
    let code: &[u8] = b"<?php echo 'here';";
    let hostile = [
        ("../../../evil.php", code),
        ("/wp-content/uploads/evil.php", code),
        ("kelisim/evil.php", code),
        ("kelisim/kelisim.php.js", code),
        ("kelisim/site.html", code),
    ];
    let answer = owner.uploads(&built.zip("hostile.zip", &hostile, asis)).await;
    assert!(answer.contains("success"), "{answer}");
    let mut written: Vec<String> = everything().difference(&before).cloned().collect();
    written.retain(|path| path != "debug.log");
    let wanted: Vec<String> = files_under(&built.path("many"))
        .into_iter()
        .map(|file| format!("uploads/kelisim/{file}"))
        .collect();
    assert_eq!(written, wanted, "the files of the build, and nothing else");
    is_visited(&visitor, &wordpress, "uploads/kelisim/kelisim.js").await;
}

async fn site_json_is_pasted(visitor: Visitor) {
    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-paste").await;
    let owner = Owner(&visit);
    for (site, said) in [
        (
            site_json().replace("\"counter\": 12345678", "\"counter\": \"x\""),
            "services",
        ),
        (site_json().replace("991240000003", "991240000004"), "bin"),
        ("{".to_owned(), "JSON"),
    ] {
        owner.pastes(&site).await;
        visit
            .until_true(
                "the problems",
                "return document.querySelectorAll('#kelisim-problems li').length > 0",
            )
            .await;
        let problems = visit
            .script("return document.getElementById('kelisim-problems').textContent")
            .await;
        assert!(problems.to_string().contains(said), "{said}: {problems}");
        assert!(visit.is_marked_document().await, "nothing was sent");
    }
    owner.pastes(&site_json()).await;
    let answer = owner.answered().await;
    assert!(answer.contains("success"), "{answer}");
    let visit = is_visited(&visitor, &wordpress, "plugins/kelisim/kelisim/kelisim.js").await;
    let compiler = visit
        .internet
        .requests_for(DOMAIN, "/wp-content/plugins/kelisim/kelisim/kelisim-compiler");
    assert!(compiler.is_empty(), "no visitor fetches the compiler: {compiler:?}");
}

async fn who_may_not_bring_scripts_brings_none(visitor: Visitor) {
    let built = Built::new("wordpress-rights").await;
    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-rights").await;
    let owner = Owner(&visit);
    let answer = owner.uploads(&built.path("one/kelisim.js")).await;
    assert!(answer.contains("success"), "{answer}");
    let nonce = "return document.querySelector('#kelisim-stop-form [name=_wpnonce]').value";
    let nonce = visit.script(nonce).await;
    let stop = "fetch('/wp-admin/admin-post.php', { method: 'POST', body: new URLSearchParams({ action: 'kelisim_stop', NONCE }) })\
        .then((answer) => done(answer.status), (error) => done(String(error)))";
    let forged = visit.script_until_done(&stop.replace(", NONCE", "")).await;
    assert_eq!(forged, 403, "a form of another site");
    wordpress.define("DISALLOW_UNFILTERED_HTML");
    owner.opens_the_settings().await;
    assert!(
        !visit.has("#kelisim-build-form, #kelisim-site-form").await,
        "no form for who may not"
    );
    let with_nonce = stop.replace("NONCE", &format!("_wpnonce: {nonce}"));
    assert_eq!(visit.script_until_done(&with_nonce).await, 403, "a nonce is no right");
    let visit = comes(&visitor, &wordpress.internet()).await;
    recipes::visitor::is_asked(&visit, ADDRESS).await;
}

async fn a_deleted_plugin_leaves_nothing(visitor: Visitor) {
    let built = Built::new("wordpress-delete").await;
    let (wordpress, visit) = with_the_plugin(&visitor, "wordpress-delete").await;
    let owner = Owner(&visit);
    let answer = owner.uploads(&built.zip("build.zip", &[], |_, content| content)).await;
    assert!(answer.contains("success"), "{answer}");
    owner.opens_the_settings().await;
    visit.mark_document().await;
    visit.click("#stop").await;
    let answer = owner.answered().await;
    assert!(answer.contains("success"), "{answer}");
    visit.open(ADDRESS).await;
    visit.settles().await;
    assert_eq!(banners(&visit).await, 0, "taken off the site");
    wordpress
        .with_wordpress("require ABSPATH . 'wp-admin/includes/plugin.php'; deactivate_plugins('kelisim/kelisim.php');")
        .await;
    owner.opens("plugins.php").await;
    visit.click("tr[data-plugin='kelisim/kelisim.php'] .delete a").await;
    // WordPress asks by a dialog of the browser.
    visit.client().accept_alert().await.unwrap();
    visit
        .until("the plugin gone", async || {
            (!wordpress.path("wp-content/plugins/kelisim").exists()).then_some(())
        })
        .await;
    visit
        .until("its files gone", async || {
            (!wordpress.path(UPLOADS).exists()).then_some(())
        })
        .await;
    let option = wordpress.with_wordpress("var_dump(get_option('kelisim'));").await;
    assert_eq!(option.trim(), "bool(false)", "its option is gone");
}
