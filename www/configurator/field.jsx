// The fields that the steps are made of. Each has its label, what to know of it, and beside it what the check says of its place. A
// field shows and changes one place of `site.json`, and knows no other.

import { useId } from "preact/hooks";
import { leave, offered, put, read, saidOf, visit } from "./state.js";
import { say } from "./words.js";

// What the check says of a place: what it is, and how to mend it.
export function Said({ path, id, withInside }) {
  const said = saidOf(path, withInside);
  return (
    <div class="said" id={id} role="status">
      {said.map(({ level, problem, mend, path: place }) => (
        <p class={level} key={place + problem}>
          <strong>{problem}</strong> {mend}
        </p>
      ))}
    </div>
  );
}

// A label, a control, what to know, and what the check says.
export function Field({ path, label, about, withInside, children }) {
  const id = useId();
  const hasProblem = saidOf(path, withInside).some(({ level }) => level === "error");
  const control = {
    id,
    "aria-invalid": hasProblem || undefined,
    "aria-describedby": `${id}-about ${id}-said`,
    "data-path": path.join("."),
    onBlur: () => leave(path),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(control)}
      <p class="about" id={`${id}-about`}>
        {about}
      </p>
      <Said path={path} id={`${id}-said`} withInside={withInside} />
    </div>
  );
}

// One line of text. What is empty is not there. `asked` is checked as it is typed.
export function TextField({ path, label, about, example, type = "text", asked = false, as = (written) => written, withInside, change }) {
  const store = (written) => {
    if (asked && written) visit(path);
    const next = written === "" ? undefined : as(written);
    if (change) change(next);
    else put(path, next);
  };
  const shown = read(path);
  return (
    <Field path={path} label={label} about={about} withInside={withInside}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={typeof shown === "object" ? JSON.stringify(shown) : (shown ?? "")}
          placeholder={example}
          onInput={({ currentTarget }) => store(currentTarget.value)}
          spellcheck={type === "text" && !asked}
          autocomplete="off"
        />
      )}
    </Field>
  );
}

// A number where digits are written, and otherwise what is written, of which the check says what it is.
export const asNumber = (written) => (/^\d{1,15}$/.test(written) ? Number(written) : written);

// A yes or no, which is not there while it is what holds anyway.
export function CheckField({ path, label, about, on = true, off = undefined }) {
  return (
    <Choice label={label} about={about} path={path}>
      {(control) => (
        <input {...control} type="checkbox" checked={read(path) === on} onChange={({ currentTarget }) => put(path, currentTarget.checked ? on : off)} />
      )}
    </Choice>
  );
}

// A box or a circle before its label.
export function Choice({ label, about, path, children }) {
  const id = useId();
  return (
    <div class="choice">
      {children({ id, "aria-describedby": about ? `${id}-about` : undefined, "data-path": path?.join(".") })}
      <label for={id}>{label}</label>
      {about && (
        <p class="about" id={`${id}-about`}>
          {about}
        </p>
      )}
    </div>
  );
}

// Several boxes for the items of a list, in the order in which they are offered.
export function ListField({ path, legend, about, items, withInside = true, absent = [], empty = undefined }) {
  const chosen = read(path) ?? absent;
  const others = chosen.filter((item) => !items.some(({ code }) => code === item));
  const toggle = (code, isOn) => {
    const next = items.map((item) => item.code).filter((item) => (item === code ? isOn : chosen.includes(item)));
    visit(path);
    put(path, next.length + others.length ? [...next, ...others] : empty);
  };
  return (
    <fieldset class="list">
      <legend>{legend}</legend>
      {about && <p class="about">{about}</p>}
      <div class="boxes">
        {items.map(({ code, name }) => (
          <Choice key={code} label={name} path={[...path, code]}>
            {(control) => (
              <input {...control} type="checkbox" checked={chosen.includes(code)} onChange={({ currentTarget }) => toggle(code, currentTarget.checked)} />
            )}
          </Choice>
        ))}
      </div>
      <Said path={path} withInside={withInside} />
    </fieldset>
  );
}

// One of several, each with a line about it.
export function OneOf({ path, legend, items, absent, change = (code) => put(path, code) }) {
  const group = useId();
  const chosen = read(path) ?? absent;
  return (
    <fieldset class="list">
      <legend>{legend}</legend>
      <div class="boxes">
        {items.map(({ code, name, about }) => (
          <Choice key={code} label={name} about={about} path={[...path, code]}>
            {(control) => <input {...control} type="radio" name={group} checked={chosen === code} onChange={() => change(code)} />}
          </Choice>
        ))}
      </div>
      <Said path={path} />
    </fieldset>
  );
}

// Words that visitors read: a line for each offered language, or one for all.
export function WordsField({ path, label, about, said = () => undefined }) {
  const words = read(path);
  if (typeof words === "string") return <TextField path={path} label={label} about={about} />;
  return (
    <fieldset class="words">
      <legend>{label}</legend>
      {about && <p class="about">{about}</p>}
      {(read(["languages"]) ?? []).map((tag) => (
        <TextField key={tag} path={[...path, tag]} label={nameOfLanguage(tag)} example={said(tag)} />
      ))}
      <Said path={path} />
    </fieldset>
  );
}

export const nameOfLanguage = (tag) => offered.value.languages.find(({ code }) => code === tag)?.name ?? tag;

// A select with nothing chosen at first, for which `none` stands.
export function SelectField({ path, label, about, items, withInside, none = say("choose"), change = (code) => put(path, code) }) {
  return (
    <Field path={path} label={label} about={about} withInside={withInside}>
      {(control) => (
        <select {...control} value={read(path) ?? ""} onChange={({ currentTarget }) => change(currentTarget.value || undefined)}>
          <option value="">{none}</option>
          {items.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

