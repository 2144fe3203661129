// What the panel of an audit and its report say, as sections that both draw: `{title, parts, isOpen}`. A part is one of
//   {facts: [[term, value or values]]}    {lines: [text], none: text}    {text, copy: words}    {key, title, parts}
// It looks at nothing: everything is given. What an address has after its path, which may tell of the visitor, is left out.

// What keeps an element from ever starting, by the state that Kelisim marks it with.
const FAULTS = {
  unknownCategory: "the configuration has no such category",
  unknownService: "the configuration has no such service",
  serviceOfAnotherCategory: "the service belongs to another category",
  necessaryIsNotGated: "what is necessary needs no gate",
  notGated: 'a script that is not type="text/plain" has run already',
  foreignNonce: "its nonce is not that of Kelisim's tag",
  untrusted: "the page's Trusted Types do not allow the policy `kelisim`",
};

const STORAGES = { cookie: "cookie", localStorage: "local storage", sessionStorage: "session storage" };

// `seen` is what was seen, `inspection` what the compiler has said of it after so many milliseconds, `at`, and undefined until it
// has; `heard` are the events.
export const sectionsOf = ({ seen, inspection, at, heard }) => [
  { title: "State", isOpen: true, parts: [{ facts: [...stateOf(seen, inspection, heard), ["Looked", lookedAt(at)]] }] },
  { title: findingsTitle(inspection), isOpen: true, parts: [inspection ? findingsOf(inspection) : WAITING] },
  { title: "Services", parts: inspection ? servicesOf(seen, inspection) : [WAITING] },
  { title: "Elements", parts: inspection ? elementsOf(seen, inspection) : [WAITING] },
  { title: "Record", parts: [recordOf(seen)] },
  { title: "Events", parts: [eventsOf(heard)] },
];

const WAITING = { lines: [], none: "The compiler has not looked yet." };

// In one line, for whoever has folded the panel.
export const summaryOf = ({ inspection }) => (inspection ? counted(inspection.findings.length, "finding") : "looking");

const lookedAt = (at) => (at === undefined ? "not yet" : `${millisecondsOf({ at })} after the page's start`);

const counted = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;

function stateOf(seen, inspection, { events }) {
  const { version, page, languages, gpc, dnt, layer } = seen;
  const [shown] = events.filter(({ name }) => name === "shown");
  return [
    ["Version", version],
    ["Page", page],
    ["Standing", standingOf(seen, events)],
    ["Language", `${languages.spoken || "none yet"}; the page says ${languages.page || "nothing"}`],
    ["Global Privacy Control", gpc ? `sent; it refuses ${inspection?.signals.gpc ?? "…"}` : "not sent"],
    ["Do Not Track", dnt ? `sent; it ${inspection?.signals.dnt ? "counts as well" : "does not count"}` : "not sent"],
    ["Notice", shown ? `${layer}; first shown after ${millisecondsOf(shown)}` : layer],
  ];
}

// A decision is an answer; until then it is as Kelisim has said when it was ready.
function standingOf({ record }, events) {
  const failed = events.find(({ name }) => name === "failed");
  if (failed) return `not started: ${failed.detail}`;
  if (!events.some(({ name }) => name === "ready")) return "not ready yet";
  if (events.some(({ name }) => name === "decision")) return "decided";
  const said = events.find(({ name, detail }) => name === "ready" && detail)?.detail.standing;
  return said ?? (record ? "has a record" : "undecided");
}

const recordOf = ({ record }) =>
  record
    ? { text: JSON.stringify(record, null, 2), copy: "Copy the record" }
    : { lines: [], none: "There is none that holds: nobody has answered here, or the answer has ended." };

function servicesOf(seen, { services, owners }) {
  const groups = services.map((service) => serviceOf(service, seen, owners));
  return groups.length ? groups : [{ lines: [], none: "The configuration offers no service." }];
}

function serviceOf({ id, name, category, recipient, countries, storage }, { allowed, elements, fetched }, owners) {
  const isOwn = ({ service, address }) => (service ?? owners[address]?.service) === id;
  const started = [...elements.started, ...elements.gated.filter(({ state }) => state === "started")].filter(isOwn);
  const requests = fetched.filter((address) => owners[address]?.service === id).map(hostOf);
  const [there, absent] = [storage.filter(({ found }) => found.length), storage.filter(({ found }) => !found.length)];
  const facts = [
    ["Name", name],
    ["Recipient", `${recipient} (${countries.join(", ")})`],
    ["Started", orNothing(started.map(({ what, address }) => `${what} ${shortened(address)}`))],
    ["Fetched from", orNothing(tally(requests))],
    ["Stored", orNothing(there.map((kept) => `${placeOf(kept)}: ${kept.found.join(", ")}`))],
    ["Declared, not here", absent.map(placeOf).join(", ") || "nothing"],
  ];
  const stored = there.flatMap(({ found }) => found).length;
  const told = [allowed(id) ? "granted" : "not granted", counted(started.length, "start"), `${stored} stored`];
  return { key: `service ${id}`, title: `${id} (${category}): ${told.join(", ")}`, parts: [{ facts }] };
}

const orNothing = (values) => (values.length ? values : ["nothing"]);

const tally = (names) => [...new Set(names)].map((name) => `${name}: ${counted(names.filter((one) => one === name).length, "request")}`);

// What lies on a host of another is where no page can look.
const placeOf = ({ name, in: place, host }) => `${name} (${STORAGES[place]}${host ? ` on ${host}` : ""})`;

const elementsOf = ({ elements, allowed }, { owners }) => [
  { key: "gated", title: `Gated: ${elements.gated.length}`, parts: [gatedOf(elements.gated, allowed)] },
  openOf(elements.open.filter(({ address }) => owners[address] && owners[address] !== "site"), owners),
];

const gatedOf = (gated, allowed) => ({
  lines: gated.map((element) => `${lineOf(element)}, for ${idsOf(element).join(", ")}: ${stateOfElement(element, allowed)}`),
  none: "The page has no element with data-category.",
});

function openOf(open, owners) {
  const whose = ({ address }) => owners[address].service ?? "nobody the configuration names";
  const lines = open.map((element) => `${lineOf(element)}, of ${whose(element)}`);
  const none = "Everything in the page that comes from elsewhere is gated.";
  return { key: "open", title: `Of others and not gated: ${open.length}`, parts: [{ lines, none }] };
}

const lineOf = ({ what, address }) => `${what} ${address ? shortened(address) : "inline"}`;

const idsOf = ({ category, service }) => [category, service].filter(Boolean);

function stateOfElement(element, allowed) {
  if (element.state === "started") return "started";
  if (element.state) return `closed: ${element.state}: ${FAULTS[element.state] ?? "see the console"}`;
  return idsOf(element).every(allowed) ? "granted, and about to start" : "waits, because it is not granted";
}

const findingsTitle = (inspection) => (inspection ? `Not declared or not gated: ${inspection.findings.length}` : "Not declared or not gated");

const findingsOf = ({ findings }) => ({
  lines: findings.map(({ code, about, sentence }) => `${code}: ${about}. ${sentence}`),
  none: "Nothing was found that the configuration does not name.",
});

const eventsOf = ({ since, events }) => ({
  lines: [`${millisecondsOf({ at: since })}: the audit began to listen`, ...events.map(lineOfEvent)].sort(byTime),
  none: "",
});

// What came before anybody listened stands first; sorting keeps the order of the rest.
const byTime = (one, other) => other.startsWith(BEFORE) - one.startsWith(BEFORE);

const BEFORE = "before";

function lineOfEvent(event) {
  const when = event.at === undefined ? BEFORE : millisecondsOf(event);
  return `${when}: ${[event.name === "failed" ? "ready rejects" : `kelisim:${event.name}`, ...detailOf(event)].join("; ")}`;
}

const millisecondsOf = ({ at }) => `${Math.round(at)} ms`;

function detailOf({ name, detail }) {
  if (!detail) return [];
  if (name === "failed") return [detail];
  if (name === "ready") return [detail.standing];
  const { record, granted, withdrawn, source } = detail;
  const ids = (list) => list.join(", ") || "nothing";
  return [record.method, `granted: ${ids(granted)}`, `withdrawn: ${ids(withdrawn)}`, `made ${source === "here" ? "here" : "in another tab"}`];
}

const hostOf = (address) => new URL(address).hostname;

// An address without its query; of one that is no place, such as `data:`, only what kind it is.
function shortened(address) {
  const { protocol, host, pathname, origin } = new URL(address);
  if (origin === location.origin) return pathname;
  return host ? host + pathname : protocol;
}
