<?php
/**
 * Deletes what the plugin has kept: its option, and its files in the uploads, on every site of a network.
 */

namespace Kelisim;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/files.php';

foreach ( is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 ) as $site ) {
	if ( $site ) {
		switch_to_blog( $site );
	}
	remove_all();
	if ( $site ) {
		restore_current_blog();
	}
}
