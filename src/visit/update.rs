//! The heart: what happens, given what holds. `(site, state, event) -> effects`, and nothing else.

use kelisim_site::Site;

use super::act::{Act, Control, Press};
use super::decide::act_on;
use super::effect::Effect;
use super::event::{Event, Look};
use super::follow::follow;
use super::look::look;
use super::notification::Notification;
use super::settings::{SettingsFile, Wish, arrived, failed, fetch, forget_waiting, wait};
use super::state::{Handover, Notice, State};
use crate::consent::{Circumstances, Id, LanguageId};

/// Answers an event: changes the state, and says what that sets off.
pub fn update(site: &Site, state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    let told = &mut effects;
    match event {
        Event::Shown => shown(state, told),
        Event::Act { act, at } => act_on(site, state, act, at, told),
        Event::Kept { press, at } => kept(site, state, press, at, told),
        Event::OpenSettings => open_settings(state, told),
        Event::CloseSettings => close_settings(state, told),
        Event::Switched { id, on } => switched(site, state, id, on, told),
        Event::Speak(language) => speak(site, state, language, told),
        Event::SettingsArrived { language, look } => arrived(site, state, language, look, told),
        Event::SettingsFailed(language) => failed(site, state, language, told),
        Event::Recalled => recall(site, state, told),
        Event::Ran(id) => state.started(id),
        Event::Looked(seen) => {
            look(site, state, seen, told);
        }
        Event::Painted(seen) => painted(site, state, seen, told),
    }
    effects
}

fn shown(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.is_shown() {
        state.notice = Notice::Shown;
    }
    if state.asks() && state.notice != Notice::Told {
        state.notice = Notice::Told;
        effects.push(Effect::Dispatch(Notification::Shown));
    }
}

/// The press that the loader kept, once. It was an answer to a question: where that was answered meanwhile, in another tab, it
/// grants nothing.
fn kept(site: &Site, state: &mut State, press: Press, at: Circumstances, effects: &mut Vec<Effect>) {
    if core::mem::replace(&mut state.handover, Handover::Done) == Handover::Done {
        return;
    }
    match press {
        Press::Accept if state.asks() => act_on(site, state, Act::Control(Control::Accept), at, effects),
        Press::Accept => {}
        Press::Reject => act_on(site, state, Act::Control(Control::Reject), at, effects),
        Press::Settings => open_settings(state, effects),
        Press::Language(language) => speak(site, state, language, effects),
    }
}

/// Open settings that are opened once more stay as the visitor has left them.
pub(super) fn open_settings(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.is_readable() {
        return wait(state, Wish::OpenSettings, effects);
    }
    if state.draft.is_none() {
        state.draft = Some(state.permissions().choices().clone());
    }
    state.status = None;
    effects.push(Effect::OpenSettings);
    effects.push(Effect::FillPlaces);
}

fn close_settings(state: &mut State, effects: &mut Vec<Effect>) {
    state.draft = None;
    state.status = None;
    effects.push(Effect::CloseSettings);
    effects.push(Effect::FillPlaces);
}

fn switched(site: &Site, state: &mut State, id: Id, on: bool, effects: &mut Vec<Effect>) {
    if let Some(draft) = state.draft.take() {
        state.draft = Some(draft.with(site, id, on));
        effects.push(Effect::FillPlaces);
    }
}

/// Another language. Whatever is read in it, a layer or a question, waits for its settings; where nothing is shown, it is
/// spoken at once. An answer that still waits was one to other words.
pub(super) fn speak(site: &Site, state: &mut State, language: LanguageId, effects: &mut Vec<Effect>) {
    let is_read = state.asks() || state.has_to_ask() || state.draft.is_some();
    if language != state.language && is_read && state.file(language) != SettingsFile::Here {
        return wait(state, Wish::Speak(language), effects);
    }
    forget_waiting(state, effects);
    if language == state.language {
        return;
    }
    state.language = language;
    effects.push(Effect::Speak(language));
    if state.draft.is_some() {
        effects.push(Effect::OpenSettings);
    }
    ask(site, state, effects);
    effects.push(Effect::FillPlaces);
}

/// The page asks for the first layer. Where nothing can be asked, there is none.
pub(super) fn recall(site: &Site, state: &mut State, effects: &mut Vec<Effect>) {
    if site.categories.is_empty() {
        return;
    }
    if !state.is_readable() {
        return wait(state, Wish::Recall, effects);
    }
    state.recalled = true;
    effects.push(state.first_layer(site));
    effects.push(Effect::FillPlaces);
}

/// Asks what has to be asked, as soon as the settings are there.
pub(super) fn ask(site: &Site, state: &mut State, effects: &mut Vec<Effect>) {
    if state.asks() {
        effects.push(state.first_layer(site));
    } else if state.has_to_ask() {
        fetch(state, state.language, effects);
    }
}

/// The page has painted: what was put off follows, unless it was superseded meanwhile.
fn painted(site: &Site, state: &mut State, seen: Look, effects: &mut Vec<Effect>) {
    if look(site, state, seen, effects) || state.put_off.is_empty() {
        return;
    }
    effects.push(Effect::FillPlaces);
    effects.extend(state.status.map(Effect::Announce));
    effects.push(Effect::FocusReopen);
    // Whatever the visitor was writing, they decided here.
    follow(site, state, false, effects);
}
