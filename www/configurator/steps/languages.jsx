// The languages in which visitors are asked, the first of them the default, and the owner's own words in the place of Kelisim's.

import { useState } from "preact/hooks";
import { nameOfLanguage, Said, TextField } from "../field.jsx";
import { offered, put, read } from "../state.js";
import { say } from "../words.js";

const PATH = ["languages"];

export function LanguagesStep() {
  return (
    <>
      <Chosen />
      <OwnTexts />
    </>
  );
}

function Chosen() {
  const chosen = read(PATH) ?? [];
  const others = offered.value.languages.filter(({ code }) => !chosen.includes(code));
  const first = (tag) => put(PATH, [tag, ...chosen.filter((other) => other !== tag)]);
  return (
    <fieldset class="list">
      <legend>{say("languages.chosen")}</legend>
      <p class="about">{say("languages.chosenAbout")}</p>
      <ol class="catalogue">
        {chosen.map((tag, place) => (
          <li key={tag}>
            <div>
              <strong lang={tag}>{nameOfLanguage(tag)}</strong>
              <small>{place === 0 ? say("languages.default") : ""}</small>
            </div>
            {place > 0 && (
              <button type="button" class="quiet" aria-label={say("languages.firstNamed", { name: nameOfLanguage(tag) })} onClick={() => first(tag)}>
                {say("languages.first")}
              </button>
            )}
            <button
              type="button"
              class="quiet"
              data-remove={tag}
              aria-label={say("services.removeNamed", { name: nameOfLanguage(tag) })}
              onClick={() => put(PATH, chosen.filter((other) => other !== tag))}
            >
              {say("remove")}
            </button>
          </li>
        ))}
      </ol>
      <Said path={PATH} withInside />
      <div class="boxes">
        {others.map(({ code, name }) => (
          <button key={code} type="button" lang={code} data-language={code} onClick={() => put(PATH, [...chosen, code])}>
            + {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function OwnTexts() {
  const [added, add] = useState([]);
  const languages = read(PATH) ?? [];
  const own = new Set(Object.values(read(["texts"]) ?? {}).flatMap((texts) => Object.keys(texts ?? {})));
  const isOpen = ({ key }) => own.has(key) || added.includes(key);
  const sentence = ({ said }, tag) => said.find(({ code }) => code === tag)?.name ?? "";
  const shown = languages[0] ?? "en";
  return (
    <details>
      <summary>{say("languages.texts")}</summary>
      <p class="about">{say("languages.textsAbout")}</p>
      <div class="field">
        <label for="text-key">{say("languages.text")}</label>
        <select id="text-key" value="" onChange={({ currentTarget }) => currentTarget.value && add([...added, currentTarget.value])}>
          <option value="">{say("choose")}</option>
          {offered.value.texts
            .filter((text) => !isOpen(text))
            .map((text) => (
              <option key={text.key} value={text.key}>
                {text.key}: {sentence(text, shown).slice(0, 60)}
              </option>
            ))}
        </select>
      </div>
      {offered.value.texts.filter(isOpen).map((text) => (
        <fieldset class="words" key={text.key}>
          <legend>{text.key}</legend>
          {languages.map((tag) => (
            <TextField key={tag} path={["texts", tag, text.key]} label={nameOfLanguage(tag)} about={sentence(text, tag)} asked />
          ))}
        </fieldset>
      ))}
    </details>
  );
}
