<?php
/**
 * The page under Settings → Kelisim: two ways to bring a banner, what is in use, and how to take it away.
 *
 * What is uploaded runs in every page, so whoever may do it must be one who may write scripts into pages anyway: an
 * administrator with `unfiltered_html`, which in a network of sites only its own administrators have.
 */

namespace Kelisim;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', __NAMESPACE__ . '\\add_page' );
add_action( 'admin_post_kelisim_build', __NAMESPACE__ . '\\on_build' );
add_action( 'admin_post_kelisim_site', __NAMESPACE__ . '\\on_site' );
add_action( 'admin_post_kelisim_stop', __NAMESPACE__ . '\\on_stop' );
add_filter( 'plugin_action_links_' . plugin_basename( PLUGIN ), __NAMESPACE__ . '\\with_link_to_page' );

function add_page() {
	add_options_page( 'Kelisim', 'Kelisim', 'manage_options', 'kelisim', __NAMESPACE__ . '\\draw_page' );
}

function address_of_page() {
	return admin_url( 'options-general.php?page=kelisim' );
}

function with_link_to_page( $links ) {
	array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( address_of_page() ), esc_html__( 'Settings', 'kelisim' ) ) );
	return $links;
}

function may_bring_scripts() {
	return current_user_can( 'manage_options' ) && current_user_can( 'unfiltered_html' );
}

function on_build() {
	answer(
		'kelisim_build',
		function () {
			take_build( uploaded( 'build' ) );
			return __( 'The banner is on the site. Empty the page cache, if the site has one.', 'kelisim' );
		}
	);
}

function on_site() {
	answer(
		'kelisim_site',
		function () {
			// phpcs:ignore WordPress.Security -- the nonce was checked; JSON is read, and nothing else is done with it.
			$posted = wp_unslash( $_POST );
			take_site( (string) ( $posted['site'] ?? '' ), (string) ( $posted['compiled'] ?? '' ) );
			return __( 'The banner is on the site. Empty the page cache, if the site has one.', 'kelisim' );
		}
	);
}

function on_stop() {
	answer(
		'kelisim_stop',
		function () {
			stop_using();
			return __( 'The banner is off. Its files stay until the plugin is deleted.', 'kelisim' );
		}
	);
}

/** Does what a form asks for, where it may, and goes back to the page, which says how it went. */
function answer( $action, $work ) {
	check_admin_referer( $action );
	if ( ! may_bring_scripts() ) {
		wp_die( esc_html__( 'Only an administrator who may write scripts into pages (unfiltered_html) can do this.', 'kelisim' ), '', array( 'response' => 403 ) );
	}
	try {
		add_settings_error( 'kelisim', 'done', $work(), 'success' );
	} catch ( Refused $refused ) {
		add_settings_error( 'kelisim', 'refused', esc_html( $refused->getMessage() ), 'error' );
	}
	set_transient( 'settings_errors', get_settings_errors(), 30 );
	wp_safe_redirect( add_query_arg( 'settings-updated', 'true', address_of_page() ) );
	exit;
}

/** The bytes of an uploaded file. */
function uploaded( $field ) {
	// phpcs:ignore WordPress.Security -- the nonce was checked; name and type of the upload are not used at all.
	$file = $_FILES[ $field ] ?? array( 'error' => UPLOAD_ERR_NO_FILE );
	if ( UPLOAD_ERR_OK !== $file['error'] || ! is_uploaded_file( $file['tmp_name'] ) || filesize( $file['tmp_name'] ) > MOST ) {
		/* translators: %s: a size, such as 2 MB. */
		throw new Refused( sprintf( __( 'No file came. Choose one; this server takes up to %s.', 'kelisim' ), size_format( min( MOST, wp_max_upload_size() ) ) ) );
	}
	return file_get_contents( $file['tmp_name'] );
}

function draw_page() {
	$use = in_use();
	?>
	<div class="wrap" id="kelisim">
		<h1>Kelisim</h1>
		<?php
		draw_state( $use );
		if ( may_bring_scripts() ) {
			draw_build();
			draw_site( $use );
		} else {
			printf( '<p>%s</p>', esc_html__( 'Only an administrator who may write scripts into pages (unfiltered_html) can change the banner.', 'kelisim' ) );
		}
		?>
		<h2><?php esc_html_e( 'Then', 'kelisim' ); ?></h2>
		<ol>
			<li>
				<?php
				/* translators: %s: a shortcode. */
				printf( esc_html__( 'Put the link that opens the settings into the footer: the shortcode %s, in a block of that name.', 'kelisim' ), '<code>[kelisim_settings]</code>' );
				?>
			</li>
			<li><?php esc_html_e( 'Take away the counters themselves: plugins for statistics and pixels, code in the theme. Kelisim loads what the configuration names.', 'kelisim' ); ?></li>
			<li><?php esc_html_e( 'Empty the page cache, and look at the site in a private window: it asks, and nothing is loaded before a yes.', 'kelisim' ); ?></li>
		</ol>
	</div>
	<?php
}

function draw_state( $use ) {
	if ( ! $use ) {
		printf( '<p id="kelisim-state">%s</p>', esc_html__( 'There is no banner on the site yet.', 'kelisim' ) );
		return;
	}
	/* translators: %s: date and time. */
	$since = sprintf( __( 'The banner is on the site since %s.', 'kelisim' ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $use['at'] ) );
	$how   = 'site' === $use['from'] ? __( 'Made of a pasted site.json.', 'kelisim' ) : __( 'Made of an uploaded build.', 'kelisim' );
	printf( '<p id="kelisim-state">%s %s</p>', esc_html( $since ), esc_html( $how ) );
	begin_form( 'kelisim_stop' );
	submit_button( __( 'Take the banner off the site', 'kelisim' ), 'secondary', 'stop', false );
	echo '</form>';
}

function draw_build() {
	printf( '<h2>%s</h2>', esc_html__( 'Upload a build', 'kelisim' ) );
	printf( '<p>%s</p>', esc_html__( 'kelisim.js of kelisim build --single-file, or a ZIP of the folder that kelisim build wrote. Visitors get the ZIP’s files sooner.', 'kelisim' ) );
	begin_form( 'kelisim_build' );
	printf( '<p><label for="kelisim-build">%s</label> ', esc_html__( 'File', 'kelisim' ) );
	echo '<input type="file" id="kelisim-build" name="build" accept=".js,.zip" required></p>';
	submit_button( __( 'Upload', 'kelisim' ), 'primary', 'upload', false );
	echo '</form>';
}

function draw_site( $use ) {
	printf( '<h2>%s</h2>', esc_html__( 'Or paste site.json', 'kelisim' ) );
	printf( '<p>%s</p>', esc_html__( 'It is checked and compiled in your browser; nothing is sent anywhere else. Visitors wait a little longer for the question than with an uploaded build.', 'kelisim' ) );
	begin_form( 'kelisim_site' );
	printf( '<p><label for="kelisim-site">site.json</label></p>' );
	printf( '<textarea id="kelisim-site" name="site" rows="14" class="large-text code" spellcheck="false" required>%s</textarea>', esc_textarea( $use['site'] ?? '' ) );
	echo '<input type="hidden" id="kelisim-compiled" name="compiled" value="">';
	echo '<div id="kelisim-problems" role="status"></div>';
	submit_button( __( 'Check and put on the site', 'kelisim' ), 'primary', 'paste', false );
	echo '</form>';
	wp_print_script_tag(
		array(
			'type'          => 'module',
			'src'           => plugins_url( 'settings.js', PLUGIN ) . '?ver=' . VERSION,
			'id'            => 'kelisim-settings-js',
			'data-compiler' => plugins_url( 'kelisim/', PLUGIN ),
		)
	);
}

function begin_form( $action ) {
	printf( '<form method="post" enctype="multipart/form-data" action="%s" id="%s">', esc_url( admin_url( 'admin-post.php' ) ), esc_attr( str_replace( '_', '-', $action ) . '-form' ) );
	printf( '<input type="hidden" name="action" value="%s">', esc_attr( $action ) );
	wp_nonce_field( $action );
}
