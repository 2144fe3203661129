<?php
/**
 * The plugin's own words in the owner's language: one file a language in languages/, English in the code. Read by the plugin
 * itself, because no WordPress before 6.5 reads such files.
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

add_filter( 'gettext_kelisim', __NAMESPACE__ . '\\in_the_owners_language', 10, 2 );

/** A sentence in the language of whoever looks, or as it was. */
function in_the_owners_language( $translation, $sentence ) {
	$words = words_of( determine_locale() );
	return $words[ $sentence ] ?? $translation;
}

/** The sentences of a locale: those of `ru_RU` for every kind of Russian. */
function words_of( $locale ) {
	static $known = array();
	$language     = strtok( $locale, '_' );
	if ( ! isset( $known[ $language ] ) ) {
		$file               = dirname( PLUGIN ) . '/languages/' . sanitize_key( $language ) . '.php';
		$known[ $language ] = is_readable( $file ) ? require $file : array();
	}
	return $known[ $language ];
}
