// Kelisim's events, in their order, from the moment that this file is there. It starts nothing and holds nothing up.

const EVENTS = ["ready", "shown", "decision"];

// Calls back after each. What was heard is `{since, events}`; an event is `{name, at, detail}`, `at` in milliseconds since the
// page's start, and without it came before anybody listened.
export function hear(onHeard) {
  const heard = { since: performance.now(), events: [] };
  const add = (event) => {
    heard.events.push(event);
    onHeard();
  };
  for (const name of EVENTS) addEventListener("kelisim:" + name, ({ timeStamp, detail }) => add({ name, at: timeStamp, detail }));
  const isReady = () => heard.events.some(({ name }) => name === "ready");
  window.kelisim.ready.then(
    () => isReady() || add({ name: "ready" }),
    ({ code }) => add({ name: "failed", at: performance.now(), detail: code }),
  );
  return heard;
}
