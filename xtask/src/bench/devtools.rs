//! Speaks the protocol of Chromium's developer tools: one command after the other over one websocket, with events kept until somebody
//! waits for them. It knows commands and events, and nothing of pages or what is measured.

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How long an answer or an event may take, on the slowest conditions that are measured.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to the browser.
pub(super) struct DevTools {
    socket: WebSocket<TcpStream>,
    commands: u64,
    events: VecDeque<Event>,
}

/// What the browser reported of itself.
pub(super) struct Event {
    /// The page that it is about; empty for the browser itself.
    session: String,
    method: String,
    pub(super) parameters: Value,
}

impl DevTools {
    /// Connects to the address that the browser printed: `ws://127.0.0.1:…/devtools/browser/…`.
    pub(super) fn connect(address: &str) -> Result<DevTools> {
        let host = address
            .strip_prefix("ws://")
            .and_then(|rest| rest.split('/').next())
            .with_context(|| format!("{address} is no address of a websocket"))?;
        let stream = TcpStream::connect(host).context("could not reach Chromium's DevTools")?;
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(address, stream)
            .map_err(|error| anyhow!("Chromium's DevTools did not answer: {error}"))?;
        Ok(DevTools {
            socket,
            commands: 0,
            events: VecDeque::new(),
        })
    }

    /// Sends a command to a page, or to the browser where `session` is empty, and returns its answer.
    pub(super) fn call(&mut self, session: &str, method: &str, parameters: &Value) -> Result<Value> {
        self.commands += 1;
        let id = self.commands;
        let mut command = json!({ "id": id, "method": method, "params": parameters });
        if !session.is_empty()
            && let Some(command) = command.as_object_mut()
        {
            command.insert("sessionId".to_owned(), session.into());
        }
        self.socket.send(Message::text(command.to_string()))?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let message = self
                .receive(deadline)
                .with_context(|| format!("waited for the answer to {method} {parameters}"))?;
            if message.get("id").and_then(Value::as_u64) == Some(id) {
                return answer(&message).with_context(|| format!("{method} {parameters}"));
            }
            self.keep(message);
        }
    }

    /// Waits for an event of a page.
    pub(super) fn wait(&mut self, session: &str, method: &str, wanted: impl Fn(&Value) -> bool) -> Result<Event> {
        let fits = |event: &Event| event.session == session && event.method == method && wanted(&event.parameters);
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(event) = self
                .events
                .iter()
                .position(fits)
                .and_then(|place| self.events.remove(place))
            {
                return Ok(event);
            }
            let message = self
                .receive(deadline)
                .with_context(|| format!("waited for the event {method}"))?;
            self.keep(message);
        }
    }

    /// The events of this name that a page has sent so far, in their order.
    pub(super) fn take_events(&mut self, session: &str, method: &str) -> Vec<Event> {
        let fits = |event: &Event| event.session == session && event.method == method;
        let (taken, kept): (VecDeque<Event>, VecDeque<Event>) = self.events.drain(..).partition(fits);
        self.events = kept;
        taken.into()
    }

    /// Forgets the events that nobody waits for any more.
    pub(super) fn forget_events(&mut self) {
        self.events.clear();
    }

    fn keep(&mut self, mut message: Value) {
        let Some(method) = message.get("method").and_then(Value::as_str).map(str::to_owned) else {
            return;
        };
        let session = message
            .get("sessionId")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let parameters = message.get_mut("params").map(Value::take).unwrap_or_default();
        self.events.push_back(Event {
            session,
            method,
            parameters,
        });
    }

    /// The next message, until `deadline`.
    fn receive(&mut self, deadline: Instant) -> Result<Value> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("nothing came within {} s", PATIENCE.as_secs());
            }
            self.socket.get_ref().set_read_timeout(Some(left))?;
            match self.socket.read() {
                Ok(Message::Text(text)) => return Ok(serde_json::from_str(&text)?),
                Ok(Message::Close(_)) => bail!("Chromium closed the connection"),
                Ok(_) => {}
                Err(tungstenite::Error::Io(error)) if is_timeout(&error) => {}
                Err(error) => return Err(error).context("the connection to Chromium broke"),
            }
        }
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
    )
}

fn answer(message: &Value) -> Result<Value> {
    match message.get("error") {
        Some(error) => bail!("Chromium refused: {error}"),
        None => Ok(message.get("result").cloned().unwrap_or_default()),
    }
}
