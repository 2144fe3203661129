// What a page fetches only where its owner has something to learn: the names of what is wrong with a configuration, and
// the audit. It hands over to `diagnosis.wasm`, decides nothing and starts nothing.

// The build of the module that names what is wrong.
let built;
const build = ({ base, imports }) =>
  (built ??= fetch(base + "diagnosis.wasm")
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes, { host: imports }))
    .then(({ instance }) => instance.exports));

const quietly = (fetched) => fetched.catch(() => {});

// Names every problem at once, and then says of each kind what it is and how to mend it. The visitor's module only sees
// that something is wrong, unless it is about the page and not in the file: then it gave the problems.
export async function diagnose(host, given, problems) {
  if (!problems.length) {
    host.enter(await build(host));
    ({ problems } = host.ask(host.DIAGNOSE, given));
  }
  for (const { path, code, hint } of problems) host.complain(code + (hint ? " (" + hint + ")" : ""), path);
  quietly(host.json("messages")).then((messages) => {
    for (const code of new Set(problems.map((problem) => problem.code))) {
      if (messages?.[code]) console.error("kelisim: " + code + ": " + messages[code].problem + " " + messages[code].mend);
    }
  });
  return problems;
}

let said;

// What the page does besides Kelisim, which runs with what was `given`. The build for owners answers once, between two
// answers of the module that runs. What is new is said on the console.
export async function audit(host, given) {
  // The script has of its vendors only what visitors need; their hosts are in the whole manifest.
  const manifest = (name) => quietly(host.json("services/" + name).then((whole) => (given.services[name] = whole)));
  const [exports] = await Promise.all([build(host), ...Object.keys(given.services).map(manifest)]);
  given.record = host.api.record();
  const running = host.enter(exports);
  const json = host.tell(host.AUDIT, given);
  host.enter(running);
  const found = host.frozen(json);
  if (json !== said) for (const { code, about } of found) host.complain(code, about);
  said = json;
  return found;
}

// Looks at once, and again after every decision and once the vendors had the time to come and to set their cookies.
export function watch(host, given) {
  const look = () => quietly(audit(host, given));
  const lookLater = () => setTimeout(look, 3000);
  window.addEventListener("kelisim:decision", lookLater);
  look().then(lookLater);
}
