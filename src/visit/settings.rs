//! The settings' files, and what waits for one of them.
//!
//! A notice that cannot be read grants nothing and asks nobody: a grant, open settings, a question and another language wait
//! for the settings' file of their language; a refusal and a withdrawal wait for nothing (design, section 2). Whatever is
//! decided meanwhile takes the place of what waits: what was superseded is neither stored nor started.

use kelisim_site::Site;

use super::act::Act;
use super::effect::{Answer, Complaint, Effect, Outcome};
use super::event::Look;
use super::look::look;
use super::open::tell;
use super::state::State;
use super::update::{ask, open_settings, recall, speak};
use crate::consent::{Circumstances, LanguageId};

/// Whether the settings' file of a language is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsFile {
    /// It was not asked for, or could not be had.
    Absent,
    /// It is on its way.
    Fetching,
    /// It is there.
    Here,
}

/// What waits for a settings' file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Somebody grants something.
    Act(Act, Circumstances),
    /// The settings are to open.
    OpenSettings,
    /// The page asks for the first layer.
    Recall,
    /// Another language.
    Speak(LanguageId),
}

impl Wish {
    /// The language whose file it waits for.
    fn language(&self, spoken: LanguageId) -> LanguageId {
        match self {
            Wish::Speak(language) => *language,
            Wish::Act(..) | Wish::OpenSettings | Wish::Recall => spoken,
        }
    }

    /// Whether the visitor may have pressed something for it.
    fn is_of_visitor(&self) -> bool {
        !matches!(self, Wish::Act(Act::Page(..) | Act::Script(_), _))
    }

    /// Whether it is another answer than those before it, or one to other words. What is allowed besides, and what is only
    /// read, takes nothing back.
    fn supersedes(&self) -> bool {
        match self {
            Wish::Act(act, _) => !act.only_adds(),
            Wish::Speak(_) => true,
            Wish::OpenSettings | Wish::Recall => false,
        }
    }
}

/// Keeps a wish until its file has come.
pub(super) fn wait(state: &mut State, wish: Wish, effects: &mut Vec<Effect>) {
    if wish.supersedes() {
        forget_waiting(state, effects);
    }
    let language = wish.language(state.language);
    state.waiting.push(wish);
    fetch(state, language, effects);
}

/// Forgets what still waits; a page that waits for an outcome is told that there is none.
pub(super) fn forget_waiting(state: &mut State, effects: &mut Vec<Effect>) {
    for wish in core::mem::take(&mut state.waiting) {
        refuse(&wish, effects);
    }
}

fn refuse(wish: &Wish, effects: &mut Vec<Effect>) {
    if let Wish::Act(act, _) = wish
        && let Some(reply) = act.reply()
    {
        effects.push(Effect::Reply(reply, Answer::Null));
    }
}

/// Has a settings' file brought, unless it is there or on its way.
pub(super) fn fetch(state: &mut State, language: LanguageId, effects: &mut Vec<Effect>) {
    if state.file(language) == SettingsFile::Absent {
        state.set_file(language, SettingsFile::Fetching);
        effects.push(Effect::FetchSettings(language));
    }
}

/// A settings' file has come: what waited for it goes on, in its order, unless something was decided meanwhile.
pub(super) fn arrived(site: &Site, state: &mut State, language: LanguageId, seen: Look, effects: &mut Vec<Effect>) {
    state.set_file(language, SettingsFile::Here);
    look(site, state, seen, effects);
    for wish in waiting_for(state, language) {
        match wish {
            Wish::Act(act, at) => super::decide::act_on(site, state, act, at, effects),
            Wish::OpenSettings => open_settings(state, effects),
            Wish::Recall => recall(site, state, effects),
            Wish::Speak(language) => speak(site, state, language, effects),
        }
    }
    if language == state.language {
        ask(site, state, effects);
    }
}

/// A settings' file could not be had: what waited for it counts for nothing, and the next try asks again. Whoever granted
/// something and wants to change that gets the first layer, by which it can be taken back (requirement W-01).
pub(super) fn failed(site: &Site, state: &mut State, language: LanguageId, effects: &mut Vec<Effect>) {
    if state.file(language) == SettingsFile::Here {
        return;
    }
    state.set_file(language, SettingsFile::Absent);
    effects.push(Effect::Complain(Complaint::SettingsUnavailable(language)));
    let wishes = waiting_for(state, language);
    for wish in &wishes {
        refuse(wish, effects);
        let wants_to_change = matches!(wish, Wish::OpenSettings | Wish::Recall);
        state.recalled |= wants_to_change && state.permissions().any();
    }
    if language == state.language {
        show_what_there_is(site, state, effects);
    }
    if wishes.iter().any(Wish::is_of_visitor) {
        tell(state, Outcome::Unavailable, effects);
    }
}

/// The first layer without its settings, where it is there to take back what was granted; else none. The control that stays
/// is hidden beside it, and may have had the keyboard (requirement A-09).
fn show_what_there_is(site: &Site, state: &State, effects: &mut Vec<Effect>) {
    if state.asks() {
        effects.push(state.first_layer(site));
        effects.push(Effect::FocusReopen);
    } else {
        effects.push(Effect::RemoveFirstLayer);
    }
}

/// Takes out what waits for the file of a language.
fn waiting_for(state: &mut State, language: LanguageId) -> Vec<Wish> {
    let spoken = state.language;
    let (come, left) = core::mem::take(&mut state.waiting)
        .into_iter()
        .partition(|wish| wish.language(spoken) == language);
    state.waiting = left;
    come
}
