//! Which of the visits to built sites go also to pages without a build, which compile their configuration themselves: enough
//! to see that what was compiled in the page is the same site.

use visits::runner::Case;
use visits::subject::Subject;

const BOTH: &[Subject] = &[Subject::Built, Subject::Development];

const TOO: &[&str] = &[
    "sites::g_01_g_02_g_05_f_01_nothing_before_a_choice::rasco.kz",
    "sites::g_10_m_01_m_02_accept_starts_everything_once::rasco.kz",
    "sites::g_04_r_03_a_refusal_stays_a_refusal::cap.kz",
    "sites::c_01_c_02_c_03_c_05_settings_do_what_they_show::proeducation.kz",
    "sites::g_02_i_01_a_site_with_nothing_optional_asks_nothing",
    "gate::c_01_an_embed_is_granted_where_it_stands",
    "record::r_01_a_record_has_exactly_the_fields_of_the_contract",
    "record::r_02_the_notice_is_bound_by_its_hash",
    "languages::l_02_l_04_the_language_follows_page_then_browser_then_owner",
    "languages::l_03_l_07_right_to_left_mirrors_and_keeps_the_switches",
    "api::g_05_nobody_but_the_visitor_says_yes",
    "configuration::b_02_strings_of_the_owner_are_text",
    "hardship::g_08_a_module_that_cannot_start_leaves_the_page_alone",
    "hardship::g_08_no_charset_changes_a_word",
    "hardship::b_01_enforced_trusted_types_have_nothing_to_stop",
    "hardship::b_02_named_elements_shadow_nothing",
    "life::w_03_a_withdrawal_stops_purges_and_reloads",
    "life::s_01_s_02_the_signal_is_honoured",
];

/// Each good configuration of the corpus.
const EACH: &str = "owner::k_01_a_built_site_asks_in_each_language::";

/// The cases, of which these go to both.
pub(crate) fn too(cases: Vec<Case>) -> Vec<Case> {
    for name in TOO {
        assert!(
            cases.iter().any(|case| case.name() == *name),
            "no visit is called {name}"
        );
    }
    let is_named = |case: &Case| TOO.contains(&case.name()) || case.name().starts_with(EACH);
    let with_both = |case: Case| if is_named(&case) { case.to(BOTH) } else { case };
    cases.into_iter().map(with_both).collect()
}
