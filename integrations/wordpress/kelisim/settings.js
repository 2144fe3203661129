// Compiles a pasted site.json in the owner's browser, with the very compiler of `kelisim build`, before its form is sent. A
// configuration with a problem is not sent: the page says what is wrong, where, and how to mend it. PHP has no compiler, and
// no visitor should have to fetch one.

const compilers = document.getElementById("kelisim-settings-js").dataset.compiler;
const form = document.getElementById("kelisim-site-form");
const site = document.getElementById("kelisim-site");
const compiled = document.getElementById("kelisim-compiled");
const problems = document.getElementById("kelisim-problems");

let compiler;

// Module and script are fetched once, by whoever pastes something.
function load() {
  compiler ??= (async () => {
    const [script, response] = await Promise.all([import(compilers + "kelisim-compiler.js"), fetch(compilers + "kelisim-compiler.wasm")]);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    await script.default({ module_or_path: await response.arrayBuffer() });
    return script;
  })();
  return compiler;
}

function say(found) {
  const list = document.createElement("ul");
  for (const { path, problem, mend } of found) {
    const item = document.createElement("li");
    const place = document.createElement("code");
    place.textContent = path || "site.json";
    item.append(place, ` ${problem} ${mend}`);
    list.append(item);
  }
  problems.replaceChildren(list);
  problems.className = "notice notice-error inline";
}

async function compile() {
  try {
    const outcome = (await load()).develop(JSON.parse(site.value));
    const errors = outcome.problems.filter(({ level }) => level === "error");
    if (outcome.compiled && !errors.length) return outcome.compiled;
    say(errors);
  } catch ({ message }) {
    say([{ path: "", problem: message, mend: "" }]);
  }
  return undefined;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const whole = await compile();
  if (!whole) return;
  compiled.value = JSON.stringify(whole);
  // The form's own method: a button may be called `submit`.
  HTMLFormElement.prototype.submit.call(form);
});
