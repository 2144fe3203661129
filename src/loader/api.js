// `window.kelisim`, whole from the first moment. Until the module is there nothing is allowed, the record is null, and calls
// wait for it in their order; where it does not come, they come to nothing. It decides nothing.

import { attempt } from "./document.js";
import { KelisimError, complain } from "./failure.js";

// The events of Kelisim on `window`, without the `kelisim:` before each.
const EVENTS = ["ready", "shown", "decision"];

// `start` and `audit` are what the calls of these names do beside what is the same for every site.
export function makeApi(version, { start, audit }) {
  let module;
  let wasAsked = false;
  let settle;
  const ready = new Promise((resolve, reject) => (settle = { resolve, reject }));
  // Whoever does not ask for it is not told a second time that it failed.
  ready.catch(() => {});

  const call = async (name, argument) => {
    if (!module) await ready.catch(() => {});
    return module ? module[name](argument) : null;
  };
  // The page's own promise of an answer counts only where the visitor could read the question.
  const accept = async (ids) => {
    if (module || wasAsked) return call("accept", ids === undefined ? ids : [].concat(ids).map(String));
    complain({ code: "noticeNotShown" });
    return null;
  };

  const api = Object.freeze({
    version,
    ready,
    start: (given) => {
      start(given);
      return ready;
    },
    audit,
    allows: (id) => attempt(() => module?.allows(String(id))) ?? false,
    record: () => attempt(() => module?.record()) ?? null,
    accept,
    reject: () => call("reject"),
    withdraw: () => call("withdraw"),
    show: () => void call("show"),
    settings: () => void call("settings"),
    language: (tag) => void call("language", String(tag)),
    ...listening(),
  });

  return {
    publish: () => publish(api),
    // A notice stands in the page.
    asked: () => (wasAsked = true),
    // The module is there, and is called from now on; `begin` has it do what follows from the start.
    open(opened, begin) {
      module = opened;
      begin();
      settle.resolve(api);
    },
    // It does not come: everything stays closed.
    fail(error) {
      module = undefined;
      settle.reject(error);
    },
  };
}

// `on` and `off`, which know each listener again.
function listening() {
  const heard = Object.fromEntries(EVENTS.map((name) => [name, new Map()]));
  const listenersOf = (name) => {
    if (EVENTS.includes(name)) return heard[name];
    throw new KelisimError("unknownEvent", `no event is called ${name}; there are ${EVENTS.join(", ")}`);
  };
  const off = (name, listener) => {
    removeEventListener("kelisim:" + name, listenersOf(name).get(listener));
    heard[name].delete(listener);
  };
  const on = (name, listener) => {
    const listeners = listenersOf(name);
    if (!listeners.has(listener)) listeners.set(listener, (event) => listener(event.detail));
    addEventListener("kelisim:" + name, listeners.get(listener));
    return () => off(name, listener);
  };
  return { on, off };
}

// Puts the API on the page, and hands it to whoever waited for it, now and later. A callback that throws is the page's
// business and stops no other.
function publish(api) {
  const queue = window.kelisimQueue;
  const push = (callback) => {
    try {
      callback(api);
    } catch (error) {
      reportError(error);
    }
  };
  window.kelisim = api;
  window.kelisimQueue = { push };
  // An element of the page may have the queue's name.
  if (Array.isArray(queue)) queue.forEach(push);
}
