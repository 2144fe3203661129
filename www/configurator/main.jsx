// The configurator: from nothing to a banner in a page, without a compiler and without a server. Everything that is decided here the
// program `kelisim` decides.

import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Editor } from "./editor.jsx";
import { Preview } from "./preview.jsx";
import { bring, forgetDraft } from "./program/kelisim.js";
import { begin, beginAnew, problems, showAll, take, value } from "./state.js";
import { LanguagesStep } from "./steps/languages.jsx";
import { LooksStep } from "./steps/looks.jsx";
import { OperatorStep } from "./steps/operator.jsx";
import { PolicyStep } from "./steps/policy.jsx";
import { ServicesStep } from "./steps/services.jsx";
import { TakeAwayStep } from "./steps/take-away.jsx";
import { LANGUAGES, languageOfPage, say } from "./words.js";

// The steps, each with the keys of `site.json` that it asks for.
const STEPS = [
  { id: "operator", Step: OperatorStep, keys: ["operator", "law", "audience"] },
  { id: "policy", Step: PolicyStep, keys: ["policy", "expiresDays", "scope", "withdrawal", "receipts", "onWithdraw", "signals", "audit"] },
  { id: "services", Step: ServicesStep, keys: ["categories", "services", "googleConsentMode", "excludeCountries"] },
  { id: "languages", Step: LanguagesStep, keys: ["languages", "texts"] },
  { id: "looks", Step: LooksStep, keys: ["appearance"] },
  { id: "take", Step: TakeAwayStep, keys: [] },
];

const firstKey = (path) => path.split(/[.[]/)[0];
const stepOf = (path) => STEPS.find(({ keys }) => keys.includes(firstKey(path)));

// A `site.json` that is dropped anywhere in the page, or chosen.
async function takeFile(file) {
  if (file) take(await file.text());
}

const isFile = ({ dataTransfer }) => [...(dataTransfer?.types ?? [])].includes("Files");

function useDrop() {
  useEffect(() => {
    const over = (event) => isFile(event) && event.preventDefault();
    const drop = (event) => isFile(event) && (event.preventDefault(), takeFile(event.dataTransfer.files[0]));
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => (removeEventListener("dragover", over), removeEventListener("drop", drop));
  }, []);
}

function Page() {
  const [id, turnTo] = useState("operator");
  const [view, look] = useState("preview");
  const heading = useRef();
  useDrop();
  useEffect(() => {
    document.documentElement.lang = languageOfPage.value;
    document.title = say("title");
  }, [languageOfPage.value]);
  const go = (next) => {
    if (next === "take") showAll();
    turnTo(next);
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  };
  const place = STEPS.findIndex((step) => step.id === id);
  const { Step } = STEPS[place];
  return (
    <>
      <Top />
      <main>
        <div class="form">
          <Steps current={id} go={go} />
          <h2 tabindex="-1" ref={heading} data-step={id}>
            {say(`steps.${id}`)}
          </h2>
          <p>{say(`steps.${id}About`)}</p>
          {value.value ? <Step goTo={(path) => go(stepOf(path)?.id ?? "operator")} /> : <p class="said error">{say("notJson")}</p>}
          <nav class="go" aria-label={say("steps.go")}>
            {place > 0 && (
              <button type="button" class="quiet" onClick={() => go(STEPS[place - 1].id)}>
                {say("steps.back")}
              </button>
            )}
            {place < STEPS.length - 1 && (
              <button type="button" class="main" data-action="next" onClick={() => go(STEPS[place + 1].id)}>
                {say("steps.next")}
              </button>
            )}
          </nav>
        </div>
        <div class="beside">
          <div class="views" role="group" aria-label={say("views")}>
            {["preview", "editor"].map((name) => (
              <button key={name} type="button" aria-pressed={view === name} data-view={name} onClick={() => look(name)}>
                {say(`${name}.title`)}
              </button>
            ))}
          </div>
          {view === "preview" ? <Preview /> : <Editor />}
        </div>
      </main>
    </>
  );
}

function Steps({ current, go }) {
  const openIn = ({ keys }) => problems.value.filter(({ path }) => keys.includes(firstKey(path))).length;
  return (
    <nav aria-label={say("steps.all")}>
      <ol class="steps">
        {STEPS.map((step, place) => (
          <li key={step.id}>
            <button type="button" aria-current={step.id === current ? "step" : undefined} data-go={step.id} onClick={() => go(step.id)}>
              <span>{place + 1}</span> {say(`steps.${step.id}`)}
              {openIn(step) > 0 && <small>{say("steps.open", { number: openIn(step) })}</small>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Top() {
  const startAnew = () => {
    if (confirm(say("anewSure"))) {
      forgetDraft();
      beginAnew();
    }
  };
  return (
    <header>
      <div>
        <h1>{say("title")}</h1>
        <p>{say("lead")}</p>
      </div>
      <nav aria-label={say("language")}>
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <button
            key={tag}
            type="button"
            class="quiet"
            lang={tag}
            aria-pressed={languageOfPage.value === tag}
            onClick={() => ((languageOfPage.value = tag), history.replaceState(null, "", `#${tag}`))}
          >
            {name}
          </button>
        ))}
      </nav>
      <p class="file">
        <label class="button quiet">
          {say("drop")}
          <input type="file" accept=".json,application/json" onChange={({ currentTarget }) => takeFile(currentTarget.files[0])} />
        </label>
        <button type="button" class="quiet" data-action="anew" onClick={startAnew}>
          {say("anew")}
        </button>
      </p>
    </header>
  );
}

const place = document.querySelector("#configurator");
bring().then(
  () => {
    begin();
    place.replaceChildren();
    render(<Page />, place);
  },
  ({ message }) => {
    place.textContent = say("notBrought", { message });
  },
);
