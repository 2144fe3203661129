// What visitors will see: the very script that is built, in a frame of its own where nothing is carried out. The configuration may be
// hostile, so the frame has no origin, no store of the browser's and no network; what would have been fetched is listed.

import { useEffect, useRef, useState } from "preact/hooks";
import { withExamples } from "./configuration.js";
import { nameOfLanguage } from "./field.jsx";
import { check, singleFile } from "./program/kelisim.js";
import { isChecked, problems, read, text, value } from "./state.js";
import { languageOfPage, say } from "./words.js";

const SIZES = { phone: [390, 780], tablet: [820, 1000], desktop: [1280, 800] };
const SCENES = ["first", "settings", "return", "refusal"];
const SCHEMES = ["light", "dark"];

// What stands above the screen in the window, and what is left to it at least, in CSS pixels.
const ABOVE_IT = 330;
const LEAST_HEIGHT = 420;

// How long somebody has to pause before what they wrote is built, in milliseconds.
const PAUSE = 400;

// What depends on the host, which is another here: a scope and receipts. And an audit, which shows a visitor nothing.
function shownHere(configuration) {
  const { scope: _scope, receipts: _receipts, audit: _audit, ...shown } = JSON.parse(configuration);
  return JSON.stringify(shown);
}

// The script of the last configuration without a problem; of one that is only not filled in yet, with examples in the place of what
// is missing.
function useScript() {
  const [{ script, number, isExample }, show] = useState({ number: 0 });
  const isSound = problems.value.length === 0;
  useEffect(() => {
    if (!isChecked.value || !value.value) return undefined;
    const pause = setTimeout(() => {
      const shown = isSound ? text.value : withExamples(value.value);
      if (!isSound && check(shown, "en").some(({ level }) => level === "error")) return;
      const built = new TextDecoder().decode(singleFile(shownHere(shown)));
      show((last) => (last.script === built ? last : { script: built, number: last.number + 1, isExample: !isSound }));
    }, PAUSE);
    return () => clearTimeout(pause);
  }, [text.value, isChecked.value]);
  return { script, number, isSound, isExample };
}

export function Preview() {
  const { script, number, isSound, isExample } = useScript();
  const [size, resize] = useState("phone");
  const [scene, play] = useState("first");
  const [scheme, light] = useState("light");
  const [language, speak] = useState();
  const [held, hold] = useState([]);
  const languages = read(["languages"]) ?? [];
  const shown = [language, languageOfPage.value].find((tag) => languages.includes(tag)) ?? languages[0];
  return (
    <section class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{say("preview.title")}</h2>
      <div class="choices">
        <Choose label={say("preview.size")} name="size" value={size} items={Object.keys(SIZES).map((code) => [code, say(`preview.${code}`)])} change={resize} />
        <Choose label={say("preview.scene")} name="scene" value={scene} items={SCENES.map((code) => [code, say(`preview.${code}`)])} change={play} />
        <Choose label={say("preview.scheme")} name="scheme" value={scheme} items={SCHEMES.map((code) => [code, say(`preview.${code}`)])} change={light} />
        <Choose label={say("preview.language")} name="language" value={shown} items={languages.map((tag) => [tag, nameOfLanguage(tag)])} change={speak} />
      </div>
      <p role="status">{!isSound && say(`preview.${script ? (isExample ? "example" : "before") : "none"}`)}</p>
      {script && <Frame key={[number, scene, scheme, shown, size].join()} {...{ script, scene, scheme, size, hold }} language={shown} />}
      <p class="about">{say("preview.about")}</p>
      <h3>{say("preview.held")}</h3>
      <ul class="held" data-held="" role="status">
        {held.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
      </ul>
      {held.length === 0 && <p class="about">{say("preview.nothingHeld")}</p>}
    </section>
  );
}

function Choose({ label, name, value, items, change }) {
  return (
    <label>
      {label}{" "}
      <select name={name} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        {items.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

// One visitor: the store lives as long as the scene, so a page that loads itself again finds what it kept.
function Frame({ script, scene, scheme, size, language, hold }) {
  const frame = useRef();
  const [width, height] = SIZES[size];
  const [room, measure] = useState(width);
  useEffect(() => {
    let store = {};
    hold([]);
    const hear = ({ source, data }) => {
      if (source !== frame.current?.contentWindow || typeof data !== "object" || !data) return;
      if (data.store) store = data.store;
      if (typeof data.held === "string") hold((all) => (all.includes(data.held) ? all : [...all, data.held]));
      // It has no origin that it could be told by, and is told nothing that is not its own.
      if (data.isReady) source.postMessage({ script, scene, scheme, language, store }, "*");
    };
    addEventListener("message", hear);
    const room = new ResizeObserver(([{ contentRect }]) => measure(contentRect.width));
    room.observe(frame.current.closest(".screens"));
    frame.current.src = "preview.html";
    return () => {
      removeEventListener("message", hear);
      room.disconnect();
    };
  }, []);
  // The whole screen is in view, as a visitor's is.
  const scale = Math.min(1, room / width, Math.max(LEAST_HEIGHT, innerHeight - ABOVE_IT) / height);
  return (
    <div class="screens">
      <div class="screen" style={{ width: `${width * scale}px`, height: `${height * scale}px` }}>
        <iframe
          ref={frame}
          title={say("preview.frame")}
          sandbox="allow-scripts"
          style={{ width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`, colorScheme: scheme }}
        />
      </div>
    </div>
  );
}
