<?php
/**
 * Plugin Name: Kelisim
 * Description: A cookie-consent banner: nothing that tracks is there before the visitor's yes.
 * Version: 0.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 * Text Domain: kelisim
 *
 * Puts Kelisim's script first into the head of every page, and keeps optimisers away from it. The script itself is built
 * elsewhere: by `kelisim build`, or of a pasted `site.json` in the owner's own browser. It must not decide anything about
 * consent, and loads no counter.
 *
 * | | |
 * |---|---|
 * | the tag, and the link that opens the settings | tag.php |
 * | what optimisers are told | optimisers.php |
 * | what was uploaded, checked, and where it lies | files.php |
 * | the page under Settings | settings.php, settings.js |
 * | its words in the owner's language | words.php |
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const PLUGIN  = __FILE__;

require __DIR__ . '/includes/words.php';
require __DIR__ . '/includes/files.php';
require __DIR__ . '/includes/tag.php';
require __DIR__ . '/includes/optimisers.php';

if ( is_admin() ) {
	require __DIR__ . '/includes/settings.php';
}
