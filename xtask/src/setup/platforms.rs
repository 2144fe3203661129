//! The platforms of the recipes that Debian packages: WordPress, PHP with what it asks of it, and a database.

use super::{install_debian_packages, say};
use anyhow::Result;
use std::path::Path;

/// Files that show a package is here, and the Debian package of each.
const FILES: &[(&str, &str)] = &[
    ("/usr/share/wordpress/wp-load.php", "wordpress"),
    ("/usr/share/wordpress/wp-content/languages/ru_RU.mo", "wordpress-l10n"),
    (
        "/usr/share/wordpress/wp-content/themes/twentytwentythree",
        "wordpress-theme-twentytwentythree",
    ),
    ("/usr/bin/php", "php-cli"),
    ("/usr/share/doc/php-mysql", "php-mysql"),
    ("/usr/sbin/mariadbd", "mariadb-server"),
];

/// Installs what is missing.
pub(super) fn set_up() -> Result<()> {
    let missing = FILES.iter().filter(|(file, _)| !Path::new(file).exists());
    let missing: Vec<&str> = missing.map(|(_, package)| *package).collect();
    if missing.is_empty() {
        say("platforms", "WordPress, PHP and MariaDB are here");
        return Ok(());
    }
    say("platforms", &format!("installing {} from Debian", missing.join(", ")));
    install_debian_packages(&missing, "trying the recipes")
}
