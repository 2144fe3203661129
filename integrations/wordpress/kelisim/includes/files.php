<?php
/**
 * What a site serves of Kelisim: where it lies, how it is checked, and what is in use.
 *
 * Only names that `kelisim build` gives are ever written, and of a ZIP only what its own checksums name and match. No path
 * from outside becomes one here. Files of earlier builds stay: a page that is open, or a page cache, still asks for them.
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

const OPTION    = 'kelisim';
const SCRIPT    = 'kelisim.js';
const CHECKSUMS = 'SHA384SUMS';

/** How large an upload may be, and all that a ZIP unfolds to, in bytes. */
const MOST = 20000000;

/** How many entries a ZIP may have: a build has some ten, with those of earlier ones beside it. */
const MOST_ENTRIES = 300;

/** The names that a build gives: always, with a look at the pages' audit, and of a pasted configuration. */
const NAMES = array(
	'/^kelisim\.js$/D',
	'/^kelisim\.[0-9a-f]{16}\.wasm$/D',
	'/^bindings\.[0-9a-f]{16}\.js$/D',
	'/^settings\.[A-Za-z0-9-]{2,20}\.[0-9a-f]{16}\.json$/D',
	'/^SHA384SUMS$/D',
	'/^(site\.json|kelisim-audit\.js|kelisim-compiler\.js|kelisim-compiler\.wasm)$/D',
	'/^site\.[0-9a-f]{16}\.js$/D',
);

/** What was uploaded is not what it has to be; the message is for the owner. */
class Refused extends \Exception {}

/** What is in use: `script`, `version`, `from` (`build` or `site`), `site`, `at`; null where nothing is. */
function in_use() {
	$use = get_option( OPTION );
	return is_array( $use ) && isset( $use['script'], $use['version'], $use['from'] ) ? $use : null;
}

/** The folder that all of it lies in. */
function folder() {
	return wp_upload_dir( null, false )['basedir'] . '/kelisim';
}

/** The address of a file in it. */
function address_of( $name ) {
	return set_url_scheme( wp_upload_dir( null, false )['baseurl'] ) . '/kelisim/' . $name;
}

/** Whether a build gives such a name. */
function is_a_name( $name ) {
	foreach ( NAMES as $pattern ) {
		if ( preg_match( $pattern, $name ) ) {
			return true;
		}
	}
	return false;
}

/** Takes an uploaded script or ZIP into use. */
function take_build( $content ) {
	$files = 0 === strpos( $content, "PK\x03\x04" ) ? files_of_zip( $content ) : array( SCRIPT => single_file( $content ) );
	write( $files );
	use_now( SCRIPT, $files[ SCRIPT ], 'build', null );
}

/** Takes a configuration into use that the owner's browser has compiled. `$compiled` is what the compiler gave, as JSON. */
function take_site( $site, $compiled ) {
	if ( ! is_object( json_decode( $site ) ) ) {
		throw new Refused( __( 'site.json is no JSON object.', 'kelisim' ) );
	}
	$whole = json_decode( $compiled );
	if ( ! isset( $whole->site->format ) ) {
		throw new Refused( __( 'The configuration did not come compiled. Allow JavaScript for this page and try again.', 'kelisim' ) );
	}
	// Written anew, so that the script has data in it and nothing else, in ASCII.
	$data   = wp_json_encode( $whole, JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION );
	$script = "(window.kelisimQueue = window.kelisimQueue || []).push(function (kelisim) {\nkelisim.start($data);\n});\n";
	$name   = 'site.' . substr( hash( 'sha256', $script ), 0, 16 ) . '.js';
	write( array( $name => $script ) );
	use_now( $name, $script, 'site', $site );
}

/** From now on pages get no tag. */
function stop_using() {
	delete_option( OPTION );
}

/** Removes everything that was ever written. */
function remove_all() {
	stop_using();
	foreach ( glob( folder() . '/*' ) ?: array() as $path ) {
		if ( is_a_name( basename( $path ) ) ) {
			unlink( $path );
		}
	}
	// It fails where somebody else has put something there.
	@rmdir( folder() );
}

function use_now( $name, $content, $from, $site ) {
	update_option(
		OPTION,
		array(
			'script'  => $name,
			'version' => substr( hash( 'sha256', $content ), 0, 8 ),
			'from'    => $from,
			'site'    => $site,
			'at'      => time(),
		)
	);
}

/** A script with everything in it. */
function single_file( $content ) {
	$is_kelisim = ! preg_match( '/[^\x09\x0a\x0d\x20-\x7e]/', $content ) && false !== strpos( $content, 'kelisimQueue' );
	if ( ! $is_kelisim ) {
		throw new Refused( __( 'This is neither a script of kelisim build nor a ZIP of what it wrote.', 'kelisim' ) );
	}
	// A module of WebAssembly in base64, which every one begins with.
	if ( false === strpos( $content, 'AGFzbQE' ) ) {
		throw new Refused( __( 'This script needs the files beside it. Upload a ZIP of the whole folder, or build with --single-file.', 'kelisim' ) );
	}
	return $content;
}

/** The files of a built folder: those that its checksums name, each as they say, the script last. */
function files_of_zip( $content ) {
	$entries = entries_of_zip( $content );
	if ( ! isset( $entries[ SCRIPT ], $entries[ CHECKSUMS ] ) ) {
		throw new Refused( __( 'The ZIP lacks kelisim.js or SHA384SUMS.', 'kelisim' ) );
	}
	$sums = sums( $entries[ CHECKSUMS ] );
	if ( ! isset( $sums[ SCRIPT ] ) ) {
		throw new Refused( __( 'SHA384SUMS does not name kelisim.js. Build without --pin.', 'kelisim' ) );
	}
	$files = array();
	foreach ( $sums as $name => $sum ) {
		if ( ! isset( $entries[ $name ] ) || ! hash_equals( $sum, hash( 'sha384', $entries[ $name ] ) ) ) {
			/* translators: %s: the name of a file. */
			throw new Refused( sprintf( __( '%s is missing in the ZIP, or is not what SHA384SUMS says. Build anew, and put the whole folder into the ZIP.', 'kelisim' ), $name ) );
		}
		$files[ $name ] = $entries[ $name ];
	}
	$script = $files[ SCRIPT ];
	unset( $files[ SCRIPT ] );
	return $files + array( CHECKSUMS => $entries[ CHECKSUMS ], SCRIPT => $script );
}

/** The checksums of names that a build gives; others are left out, and so are their files. */
function sums( $text ) {
	$sums = array();
	foreach ( explode( "\n", trim( $text ) ) as $line ) {
		if ( preg_match( '/^([0-9a-f]{96})  (\S+)$/D', rtrim( $line, "\r" ), $found ) && is_a_name( $found[2] ) ) {
			$sums[ $found[2] ] = $found[1];
		}
	}
	return $sums;
}

/** What of a ZIP has a name that a build gives, by that name alone, wherever in it it lies. */
function entries_of_zip( $content ) {
	require_once ABSPATH . 'wp-admin/includes/file.php';
	require_once ABSPATH . 'wp-admin/includes/class-pclzip.php';
	$path = wp_tempnam( 'kelisim' );
	try {
		file_put_contents( $path, $content );
		$zip   = new \PclZip( $path );
		$found = $zip->listContent();
		if ( ! is_array( $found ) || count( $found ) > MOST_ENTRIES || array_sum( array_column( $found, 'size' ) ) > MOST ) {
			throw new Refused( __( 'This ZIP cannot be read, or is too large for a build of Kelisim.', 'kelisim' ) );
		}
		$entries = array();
		foreach ( $zip->extract( PCLZIP_OPT_EXTRACT_AS_STRING ) ?: array() as $entry ) {
			$name = basename( $entry['filename'] );
			if ( ! empty( $entry['folder'] ) || ! is_a_name( $name ) ) {
				continue;
			}
			if ( isset( $entries[ $name ] ) ) {
				/* translators: %s: the name of a file. */
				throw new Refused( sprintf( __( '%s is in the ZIP twice.', 'kelisim' ), $name ) );
			}
			$entries[ $name ] = $entry['content'];
		}
		return $entries;
	} finally {
		unlink( $path );
	}
}

/** Writes files by their names, each whole before it can be fetched. */
function write( $files ) {
	$folder = folder();
	if ( ! wp_mkdir_p( $folder ) ) {
		/* translators: %s: the path of a folder. */
		throw new Refused( sprintf( __( 'The folder %s cannot be made.', 'kelisim' ), $folder ) );
	}
	foreach ( $files as $name => $content ) {
		$path = $folder . '/' . $name;
		if ( ! is_a_name( $name ) || false === file_put_contents( "$path.new", $content ) || ! rename( "$path.new", $path ) ) {
			/* translators: %s: the path of a file. */
			throw new Refused( sprintf( __( '%s cannot be written.', 'kelisim' ), $path ) );
		}
	}
}
