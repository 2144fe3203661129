//! The WordPress of Debian's packages with a database of its own, and its owner in a browser.
//!
//! Files and database lie under `target/recipes/`, each trial's apart; nothing of the machine's own WordPress or database is
//! touched. It is served by PHP's own server, behind a proxy that speaks TLS for it, as many hosts have it.

use std::path::{Path, PathBuf};

use fantoccini::Locator;
use tokio::process::Child;
use tokio::time::{Duration, Instant, sleep};
use visits::internet::{Internet, free_port, listens};
use visits::project::packed;
use visits::site::Site;
use visits::visit::Visit;

use crate::programs::{Server, call, empty_folder, run, serve, start, workshop};
use crate::site::{ADDRESS, DOMAIN};

/// Where Debian has it.
const DEBIANS: &str = "/usr/share/wordpress";

/// How long the database may take to listen.
const DATABASE_START: Duration = Duration::from_mins(1);

const OWNER: (&str, &str) = ("owner", "a long word of the owner");

/// A site that somebody has just installed.
#[derive(Debug)]
pub struct WordPress {
    folder: PathBuf,
    server: Server,
    _database: Child,
}

impl WordPress {
    /// Installs one under this name, in Russian.
    ///
    /// # Panics
    /// Where the packages are not there: `cargo xtask test --only recipes` installs them.
    pub async fn install(name: &str) -> WordPress {
        let folder = empty_folder(name);
        let (port, database) = database(&folder).await;
        let site = folder.join("site");
        let mut copy = call("cp", &folder);
        // Debian links what other packages have; a path that is resolved would lead out of the copy.
        copy.args(["--recursive", "--dereference", DEBIANS, "site"]);
        run(copy).await;
        std::fs::write(site.join("wp-config.php"), configuration(port)).unwrap();
        let mut php = call("php", &site);
        // What a trial changes in a file holds at once.
        php.args(["-d", "opcache.enable=0"]);
        let server = serve(&format!("{name}-php"), php, |php, port| {
            php.args(["-S", &format!("127.0.0.1:{port}"), "-t", "."]);
        })
        .await;
        let wordpress = WordPress {
            folder: site,
            server,
            _database: database,
        };
        let (name, password) = OWNER;
        wordpress
            .php(&format!(
                "define('WP_INSTALLING', true); require 'wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php'; \
                 wp_install('Курсы', '{name}', 'owner@example.kz', true, '', '{password}');"
            ))
            .await;
        wordpress
    }

    /// Its pages, in an internet of their own.
    pub fn internet(&self) -> std::sync::Arc<Internet> {
        Internet::with([Site::left_to(DOMAIN, self.server.port)])
    }

    /// Runs PHP in its folder and gives what it printed.
    pub async fn php(&self, code: &str) -> String {
        let mut php = call("php", &self.folder);
        php.args(["-r", code]);
        run(php).await
    }

    /// Runs PHP that knows WordPress.
    pub async fn with_wordpress(&self, code: &str) -> String {
        self.php(&format!("require 'wp-load.php'; {code}")).await
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// What it is, for the page that is filed.
    pub async fn versions(&self) -> Vec<(&'static str, String)> {
        let versions = self
            .with_wordpress("global $wp_version, $wpdb; echo $wp_version, '|', PHP_VERSION, '|', $wpdb->db_server_info(), '|', wp_get_theme()->get('Name');")
            .await;
        let names = ["WordPress", "PHP", "MariaDB", "Theme"];
        names
            .into_iter()
            .zip(versions.split('|').map(ToOwned::to_owned))
            .collect()
    }

    /// What PHP complained of in the plugin.
    pub fn complaints(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.path("wp-content/debug.log")).unwrap_or_default();
        let of_the_plugin = |line: &&str| line.contains("plugins/kelisim/");
        log.lines().filter(of_the_plugin).map(ToOwned::to_owned).collect()
    }

    /// Adds a constant to its configuration.
    pub fn define(&self, name: &str) {
        let path = self.path("wp-config.php");
        let configuration = std::fs::read_to_string(&path).unwrap();
        std::fs::write(
            path,
            configuration.replacen("<?php\n", &format!("<?php\ndefine('{name}', true);\n"), 1),
        )
        .unwrap();
    }
}

/// A database in a folder: its port, and the process.
async fn database(folder: &Path) -> (u16, Child) {
    let data = folder.join("database");
    let data = data.to_str().unwrap();
    let mut make = call("mariadb-install-db", folder);
    make.args([
        "--no-defaults",
        "--user=root",
        "--skip-test-db",
        "--auth-root-authentication-method=normal",
    ]);
    make.arg(format!("--datadir={data}"));
    run(make).await;
    let port = free_port().await.unwrap();
    let mut command = call("mariadbd", folder);
    command.args([
        "--no-defaults",
        "--user=root",
        "--bind-address=127.0.0.1",
        "--socket=mysql.sock",
    ]);
    command.arg(format!("--datadir={data}")).arg(format!("--port={port}"));
    let database = start("mariadb", command);
    let started = Instant::now();
    while !listens(port).await {
        assert!(started.elapsed() < DATABASE_START, "the database does not listen");
        sleep(Duration::from_millis(50)).await;
    }
    let mut client = call("mariadb", folder);
    client.args(["--no-defaults", "--user=root", "--host=127.0.0.1"]);
    client.arg(format!("--port={port}"));
    client.args(["--execute", "CREATE DATABASE wordpress CHARACTER SET utf8mb4"]);
    run(client).await;
    (port, database)
}

/// As an owner has it behind a proxy, but for what would go out into the world.
fn configuration(database: u16) -> String {
    format!(
        "<?php\n\
         define('DB_NAME', 'wordpress');\ndefine('DB_USER', 'root');\ndefine('DB_PASSWORD', '');\n\
         define('DB_HOST', '127.0.0.1:{database}');\ndefine('DB_CHARSET', 'utf8mb4');\ndefine('DB_COLLATE', '');\n\
         define('WP_HOME', 'https://{DOMAIN}');\ndefine('WP_SITEURL', 'https://{DOMAIN}');\ndefine('WPLANG', 'ru_RU');\n\
         if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') $_SERVER['HTTPS'] = 'on';\n\
         define('FS_METHOD', 'direct');\ndefine('DISABLE_WP_CRON', true);\ndefine('WP_HTTP_BLOCK_EXTERNAL', true);\n\
         define('WP_DEBUG', true);\ndefine('WP_DEBUG_LOG', true);\ndefine('WP_DEBUG_DISPLAY', false);\n\
         $table_prefix = 'wp_';\nif (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');\n\
         require_once ABSPATH . 'wp-settings.php';\n"
    )
}

/// The owner, who has signed in.
#[derive(Clone, Copy)]
pub struct Owner<'a>(pub &'a Visit);

impl<'a> Owner<'a> {
    /// Signs in.
    pub async fn signs_in(visit: &'a Visit) -> Owner<'a> {
        let owner = Owner(visit);
        visit.open(&format!("{ADDRESS}wp-login.php")).await;
        let (name, password) = OWNER;
        // The page itself puts the focus into the first field, and what was typed before is lost.
        visit
            .until_true("the form", "return document.activeElement?.id === 'user_login'")
            .await;
        owner.types("#user_login", name).await;
        owner.types("#user_pass", password).await;
        visit.click("#wp-submit").await;
        owner.until_there("#wpadminbar").await;
        owner
    }

    /// Plugins → Add New → Upload Plugin, and Activate.
    pub async fn installs_the_plugin(self) {
        let plugin = packed(&format!("kelisim-wordpress-{}.zip", env!("CARGO_PKG_VERSION")));
        self.opens("plugin-install.php?tab=upload").await;
        self.types("#pluginzip", plugin.to_str().unwrap()).await;
        self.0.click("#install-plugin-submit").await;
        let activate = "a.button-primary[href*='action=activate']";
        self.until_there(activate).await;
        self.0.click(activate).await;
        self.until_there("[data-slug=kelisim].active, tr.active[data-plugin='kelisim/kelisim.php']")
            .await;
    }

    /// Settings → Kelisim.
    pub async fn opens_the_settings(self) {
        self.opens("options-general.php?page=kelisim").await;
    }

    /// Uploads a file there, and gives the sentence that it is answered with.
    pub async fn uploads(self, file: &Path) -> String {
        self.opens_the_settings().await;
        self.types("#kelisim-build", file.to_str().unwrap()).await;
        self.0.mark_document().await;
        self.0.click("#upload").await;
        self.answered().await
    }

    /// Pastes a configuration there, and presses the button.
    pub async fn pastes(self, site: &str) {
        self.opens_the_settings().await;
        let body = "document.getElementById('kelisim-site').value = arguments[0]";
        self.0.script_with(body, vec![site.into()]).await;
        self.0.mark_document().await;
        self.0.click("#paste").await;
    }

    /// The sentence that a form was answered with.
    pub async fn answered(self) -> String {
        self.0
            .until("an answer", async || {
                let notice = "const notice = document.querySelector('#setting-error-done, #setting-error-refused'); \
                    return window.__marked ? null : notice && notice.className + ' ' + notice.textContent.trim()";
                let said = self.0.client().execute(notice, vec![]).await.unwrap_or_default();
                said.as_str().map(ToOwned::to_owned)
            })
            .await
    }

    /// Goes to a page of the administration.
    pub async fn opens(self, page: &str) {
        self.0.open(&format!("{ADDRESS}wp-admin/{page}")).await;
    }

    /// Writes into a field, or names a file there.
    pub async fn types(self, selector: &str, text: &str) {
        let field = self.0.client().find(Locator::Css(selector)).await;
        let field = field.unwrap_or_else(|error| panic!("{selector}: {error}"));
        field.send_keys(text).await.unwrap();
    }

    /// Waits for an element, also of the next page.
    pub async fn until_there(self, selector: &str) {
        let is_there = format!("return !!document.querySelector({})", serde_json::json!(selector));
        self.0.until_true(selector, &is_there).await;
    }

    /// Takes a picture of the page for the documents.
    pub async fn pictures(self, name: &str) {
        let folder = workshop().join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.0.client().screenshot().await.unwrap();
        std::fs::write(folder.join(name), picture).unwrap();
    }
}
