<?php
/**
 * The script as the first thing that a theme's head prints, and the link that opens the settings.
 *
 * Nothing here runs later than `wp_head`: what comes before the script could not be held back by it.
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

add_action( 'wp_head', __NAMESPACE__ . '\\print_tags', PHP_INT_MIN );
add_shortcode( 'kelisim_settings', __NAMESPACE__ . '\\settings_link' );

/** What optimisers read on the tag itself: Cloudflare, LiteSpeed, Autoptimize, WP Rocket, NitroPack, Jetpack Boost. */
const LEFT_ALONE = array(
	'data-cfasync'       => 'false',
	'data-no-optimize'   => '1',
	'data-noptimize'     => '1',
	'data-no-defer'      => '1',
	'data-no-minify'     => '1',
	'data-jetpack-boost' => 'ignore',
	'nitro-exclude'      => true,
	'nowprocket'         => true,
);

/** Prints the tags of what is in use; nothing where nothing is. */
function print_tags() {
	foreach ( scripts() as $address ) {
		wp_print_script_tag( array_merge( array( 'async' => true, 'src' => $address ), LEFT_ALONE ) );
	}
}

/** The addresses of the scripts that a page gets, in their order. */
function scripts() {
	$use = in_use();
	if ( ! $use ) {
		return array();
	}
	$own = address_of( $use['script'] ) . '?ver=' . $use['version'];
	if ( 'site' !== $use['from'] ) {
		return array( $own );
	}
	return array( plugins_url( 'kelisim/kelisim.js', PLUGIN ) . '?ver=' . VERSION, $own );
}

/** `[kelisim_settings label="…"]`: the link that opens the settings, and leads to the policy where there is no script. */
function settings_link( $attributes ) {
	$attributes = shortcode_atts(
		array(
			'label' => __( 'Cookie settings', 'kelisim' ),
			'href'  => get_privacy_policy_url(),
		),
		$attributes,
		'kelisim_settings'
	);
	$href = '' === $attributes['href'] ? home_url( '/' ) : $attributes['href'];
	return sprintf( '<a href="%s" data-kelisim-action="settings">%s</a>', esc_url( $href ), esc_html( $attributes['label'] ) );
}
