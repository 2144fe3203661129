//! What the visitor does in the page, on its way to the application: clicks, switches, closed settings, edited forms. It
//! must not decide what any of it means: `ui::listen` reads it, the core answers.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};

use crate::app::App;
use crate::ui::listen::{self, Heard};
use crate::visit::{Act, Control, Event};

/// What is done with an event.
type Hear = fn(&Rc<App>, &web_sys::Event);

/// Listens for as long as what is returned is kept.
pub(crate) fn listen(app: &Rc<App>) -> Vec<EventListener> {
    let heard: [(&'static str, Hear); 9] = [
        ("click", press),
        ("change", turn),
        ("close", close),
        ("input", edit),
        ("resize", fit),
        ("load", look_around),
        ("turbo:before-cache", come_to_rest),
        ("turbolinks:before-cache", come_to_rest),
        ("htmx:beforeHistorySave", come_to_rest),
    ];
    heard
        .into_iter()
        .filter_map(|(name, hear)| listener(app, name, hear))
        .collect()
}

/// On the way down, before any listener of the page's own elements; a press on a link that Kelisim answers leads nowhere.
fn listener(app: &Rc<App>, name: &'static str, hear: Hear) -> Option<EventListener> {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let app = Rc::clone(app);
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(&window, name, options, move |event| {
        hear(&app, event);
    }))
}

/// Hears a press that nobody made: it was never sent, so it is on no control.
pub(crate) fn rehearse(app: &Rc<App>) {
    if let Ok(event) = web_sys::Event::new("click") {
        press(app, &event);
    }
}

fn press(app: &Rc<App>, event: &web_sys::Event) {
    let Some(heard) = listen::pressed(app.ui(), app.site(), event) else {
        return;
    };
    if heard != Heard::Nothing {
        event.prevent_default();
    }
    match heard {
        Heard::Control(control) => app.act(act(control, event.is_trusted())),
        Heard::Event(event) => app.send(event),
        Heard::Nothing => {}
    }
}

/// What a script presses is the page's act (requirement S-01). A refusal is taken for what it says: tools refuse like this for
/// their visitors.
fn act(control: Control, is_visitors: bool) -> Act {
    if is_visitors || control == Control::Reject {
        Act::Control(control)
    } else {
        Act::Script(control)
    }
}

fn turn(app: &Rc<App>, event: &web_sys::Event) {
    if let Some((id, on)) = listen::turned(app.ui(), app.site(), event) {
        app.send(Event::Switched { id, on });
    }
}

fn close(app: &Rc<App>, event: &web_sys::Event) {
    if listen::closed(app.ui(), event) && app.state().draft().is_some() {
        app.send(Event::CloseSettings);
    }
}

fn edit(app: &Rc<App>, event: &web_sys::Event) {
    if listen::edited(app.ui(), event) {
        app.note_edit();
    }
}

fn fit(app: &Rc<App>, _: &web_sys::Event) {
    app.fit();
}

fn look_around(app: &Rc<App>, _: &web_sys::Event) {
    app.look_around();
}

/// A page library is about to keep a copy of the document, which it may put back after a withdrawal (requirement P-03).
fn come_to_rest(app: &Rc<App>, _: &web_sys::Event) {
    app.come_to_rest();
}
