<?php
/**
 * Keeps optimisers away: a consent script that is joined, delayed until a touch or fetched late asks too late, or never.
 *
 * Each filter belongs to one plugin and does nothing where that is not there. What each reads of the tag itself stands in
 * tag.php.
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

/** Found in every address of Kelisim's own: its folder in the uploads, and the plugin's. */
const KEYWORD = '/kelisim/';

/** Filters of lists: WP Rocket, LiteSpeed Cache, Perfmatters, SiteGround Optimizer. */
const LISTS = array(
	'rocket_exclude_defer_js',
	'rocket_delay_js_exclusions',
	'litespeed_optimize_js_excludes',
	'litespeed_optm_js_defer_exc',
	'litespeed_optm_gm_js_exc',
	'perfmatters_defer_js_exclusions',
	'perfmatters_delay_js_exclusions',
	'sgo_javascript_combine_excluded_external_paths',
);

foreach ( LISTS as $list ) {
	add_filter( $list, __NAMESPACE__ . '\\with_keyword' );
}
add_filter( 'rocket_exclude_js', __NAMESPACE__ . '\\with_pattern' );
add_filter( 'autoptimize_filter_js_exclude', __NAMESPACE__ . '\\with_keyword_in_text' );

/** A list with the keyword in it. */
function with_keyword( $list ) {
	$list   = is_array( $list ) ? $list : array();
	$list[] = KEYWORD;
	return $list;
}

/** WP Rocket reads whole paths there, as patterns. */
function with_pattern( $list ) {
	$list   = is_array( $list ) ? $list : array();
	$list[] = '(.*)' . KEYWORD . '(.*).js';
	return $list;
}

/** Autoptimize has a text with commas, and in newer versions a list. */
function with_keyword_in_text( $text ) {
	return is_array( $text ) ? with_keyword( $text ) : $text . ',' . KEYWORD;
}
