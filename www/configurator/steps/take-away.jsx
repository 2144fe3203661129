// What an owner takes away: the files, the tag, and what to do with them on their platform. Nothing is handed over of a configuration
// with a problem.

import { strToU8, zipSync } from "fflate";
import { useEffect, useMemo, useState } from "preact/hooks";
import { nameOfLanguage } from "../field.jsx";
import { build, declaration, lines, notice, singleFile } from "../program/kelisim.js";
import { isChecked, problems, read, text } from "../state.js";
import { languageOfPage, say } from "../words.js";

// The time of every file in the ZIP, so that the same configuration gives the same bytes.
const BEGINNING_OF_TIME = new Date(1980, 0, 1);

const PLATFORMS = ["html", "wordpress", "tilda", "getcourse", "bitrix", "opencart", "tagmanager", "bundler"];

export function TakeAwayStep({ goTo }) {
  if (!isChecked.value) return <p role="status">{say("take.building")}</p>;
  return problems.value.length ? <Open goTo={goTo} /> : <Ready />;
}

// What has to be mended before.
function Open({ goTo }) {
  return (
    <div class="said">
      <p>{say("take.open", { number: problems.value.length })}</p>
      <ul>
        {problems.value.map(({ path, problem, mend }) => (
          <li key={path + problem}>
            <a href="#" onClick={(event) => (event.preventDefault(), goTo(path))}>
              <code>{path || "site.json"}</code>
            </a>{" "}
            {problem} {mend}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ready() {
  const [made, make] = useState();
  const configuration = text.value;
  useEffect(() => {
    let isWanted = true;
    make(undefined);
    all(configuration).then(
      (files) => isWanted && make(files),
      (error) => isWanted && make({ failure: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [configuration]);
  if (!made) return <p role="status">{say("take.building")}</p>;
  if (made.failure) return <p class="said error">{made.failure}</p>;
  return <HandedOver {...made} />;
}

// Everything that is handed over: the built site, the single file, and the lines that go with each.
async function all(configuration) {
  const files = await build(configuration);
  const { audit: _, ...plain } = JSON.parse(configuration);
  const zipped = Object.entries(files).map(([name, content]) => [`kelisim/${name}`, content]);
  // A site that looks at itself has it among its files; twice it would be two truths.
  if (!("site.json" in files)) zipped.push(["site.json", strToU8(configuration)]);
  return {
    zip: zipSync(Object.fromEntries(zipped), { mtime: BEGINNING_OF_TIME }),
    single: singleFile(JSON.stringify(plain)),
    told: lines(configuration),
    toldOfSingle: lines(JSON.stringify(plain), "--single-file"),
  };
}

function HandedOver({ zip, single, told, toldOfSingle }) {
  return (
    <>
      <section class="downloads" aria-label={say("take.files")}>
        <Download name="kelisim.zip" label={say("take.zip")} about={say("take.zipAbout")} content={zip} type="application/zip" />
        <Download name="kelisim.js" label={say("take.single")} about={say("take.singleAbout", { size: kilobytes(single) })} content={single} type="text/javascript" />
        <Download name="site.json" label={say("take.configuration")} about={say("take.configurationAbout")} content={text.value} type="application/json" />
      </section>
      <Platform tag={told.head} />
      <details>
        <summary>{say("take.policy")}</summary>
        <p class="about">{say("take.policyAbout")}</p>
        <Copied label={say("take.header")}>{`Content-Security-Policy: ${told.contentSecurityPolicy}`}</Copied>
        <p class="about">{say("take.inlineAbout")}</p>
        <Copied label={say("take.inline")}>{toldOfSingle.inlineSource}</Copied>
      </details>
      <Told />
    </>
  );
}

const kilobytes = ({ length }) => new Intl.NumberFormat(languageOfPage.value, { maximumFractionDigits: 0 }).format(length / 1024);

function Download({ name, label, about, content, type }) {
  const address = useMemo(() => URL.createObjectURL(new Blob([content], { type })), [content]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <p>
      <a class="button" href={address} download={name} data-download={name}>
        {label}
      </a>
      <span class="about">{about}</span>
    </p>
  );
}

// A text with a button that copies it. Where the browser denies that, the text is there to be selected.
function Copied({ label, children }) {
  const [isCopied, copied] = useState(false);
  const copy = () => navigator.clipboard.writeText(children).then(() => copied(true), () => copied(false));
  return (
    <figure class="copied">
      <figcaption>
        {label}
        <button type="button" class="quiet" aria-label={say("take.copyNamed", { name: label })} onClick={copy}>
          {isCopied ? say("take.copied") : say("take.copy")}
        </button>
      </figcaption>
      <pre tabindex="0">
        <code>{children}</code>
      </pre>
    </figure>
  );
}

// What to do on the owner's platform, with the tag in it.
function Platform({ tag }) {
  const [platform, choose] = useState("html");
  const link = `<a href="${read(["policy", "url"])}" data-kelisim-action="settings">${say("take.linkText")}</a>`;
  return (
    <section aria-labelledby="platform-title">
      <h3 id="platform-title">{say("take.platform")}</h3>
      <div class="field">
        <label for="platform">{say("take.where")}</label>
        <select id="platform" value={platform} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {PLATFORMS.map((name) => (
            <option key={name} value={name}>
              {say(`platforms.${name}.name`)}
            </option>
          ))}
        </select>
      </div>
      <ol class="steps-of-platform">
        {say(`platforms.${platform}.steps`)
          .split("\n")
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <Copied label={say("take.tag")}>{tag}</Copied>
      <Copied label={say("take.link")}>{link}</Copied>
      <p class="about">{say("take.remove")}</p>
    </section>
  );
}

// What visitors are told, and the section for the policy page, in each language.
function Told() {
  const languages = read(["languages"]) ?? [];
  const [language, choose] = useState(languages[0]);
  const shown = languages.includes(language) ? language : languages[0];
  return (
    <details>
      <summary>{say("take.told")}</summary>
      <div class="field">
        <label for="told">{say("take.language")}</label>
        <select id="told" value={shown} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {languages.map((tag) => (
            <option key={tag} value={tag}>
              {nameOfLanguage(tag)}
            </option>
          ))}
        </select>
      </div>
      <Copied label={say("take.notice")}>{notice(text.value, shown)}</Copied>
      <p class="about">{say("take.declarationAbout")}</p>
      <Copied label={say("take.declaration")}>{declaration(text.value, shown)}</Copied>
    </details>
  );
}
