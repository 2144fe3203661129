// Which of the site's languages to speak (requirement L-02): the one that the visitor chose in this tab, or answered in,
// that of the page, those of the browser, the site's first.

import { attempt, ofDocument } from "./document.js";

// `offered` are the tags of the site's languages, the default first.
export function chooseLanguage(offered) {
  for (const wish of wishes()) {
    const tag = wish && fitting(offered, String(wish).toLowerCase());
    if (tag) return tag;
  }
  return offered[0];
}

// The strongest first; what is not there is undefined or empty. A record is read here for its language and nothing else:
// whether it holds is for the module to say.
const wishes = () => [
  attempt(() => sessionStorage.getItem("kelisim-language")),
  attempt(() => JSON.parse(localStorage.getItem("kelisim"))?.language),
  attempt(() => ofDocument("documentElement").lang),
  ...(attempt(() => [...navigator.languages]) ?? []),
];

// The tag that was wished for, or else the first in its language.
const fitting = (offered, wish) =>
  offered.find((tag) => tag.toLowerCase() === wish) ?? offered.find((tag) => primary(tag.toLowerCase()) === primary(wish));

// Pages in the wild use the code of the country for the language of Kazakhstan.
function primary(tag) {
  const [code] = tag.split("-");
  return code === "kz" ? "kk" : code;
}
