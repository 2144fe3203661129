// Where the first layer stands and how it looks.

import { OneOf, TextField } from "../field.jsx";
import { offered, put, putAll, read } from "../state.js";
import { say } from "../words.js";

// The colours that most owners want to be their own. Everything else is a key of `appearance.tokens`, in the editor.
const COLOURS = ["accent", "accent-text", "background", "text"];

const PATH = ["appearance"];

export function LooksStep() {
  const { layouts, themes, reopen } = offered.value;
  const layout = layouts.find(({ id }) => id === (read([...PATH, "layout"]) ?? "bar"));
  // A position belongs to its layout; another one begins where it stands by itself.
  const turnTo = (id) => {
    const positions = layouts.find((other) => other.id === id).positions;
    putAll([
      [[...PATH, "layout"], id],
      [[...PATH, "position"], positions[0]],
    ]);
  };
  return (
    <>
      <OneOf path={[...PATH, "layout"]} legend={say("looks.layout")} items={layouts.map(({ id }) => named("layouts", id))} change={turnTo} />
      {layout?.positions.length > 0 && (
        <OneOf path={[...PATH, "position"]} legend={say("looks.position")} items={layout.positions.map((id) => named("positions", id))} />
      )}
      <OneOf path={[...PATH, "theme"]} legend={say("looks.theme")} absent="auto" items={themes.map((id) => named("themes", id))} />
      <OneOf path={[...PATH, "reopen"]} legend={say("looks.reopen")} absent="button" items={reopen.map((id) => named("reopenings", id))} />
      <details>
        <summary>{say("looks.colours")}</summary>
        <p class="about">{say("looks.coloursAbout")}</p>
        {COLOURS.map((name) => (
          <Colour key={name} path={[...PATH, "tokens", name]} label={say(`looks.${name}`)} />
        ))}
        <TextField path={[...PATH, "tokens", "font"]} label={say("looks.font")} asked />
        <TextField path={[...PATH, "tokens", "radius"]} label={say("looks.radius")} example="8px" asked />
      </details>
    </>
  );
}

const named = (kind, code) => ({ code, name: say(`looks.${kind}.${code}`) });

// As text, because a colour may be written in any way that CSS has, with a well beside it for who picks by eye.
function Colour({ path, label }) {
  const written = read(path) ?? "";
  return (
    <div class="colour">
      <TextField path={path} label={label} example="#1d4468" asked />
      <Well path={path} label={label} value={/^#[0-9a-f]{6}$/i.test(written) ? written : "#808080"} />
    </div>
  );
}

function Well({ path, label, value }) {
  return <input type="color" aria-label={say("looks.pick", { name: label })} value={value} onInput={({ currentTarget }) => put(path, currentTarget.value)} />;
}

