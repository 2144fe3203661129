// What the panel of an audit shows, as plain text for a bug report.

// `head` are lines that say what it is about; `sections` are those of `account.js`.
export const report = (head, sections) => [...head, ...sections.flatMap(sectionOf)].join("\n") + "\n";

const sectionOf = ({ title, parts }) => ["", title, ...parts.flatMap(partOf).map(indented)];

function partOf({ facts, lines, none, text, title, parts }) {
  if (facts) return facts.flatMap(([term, value]) => [].concat(value).map((one) => `${term}: ${one}`));
  if (text) return text.split("\n");
  if (parts) return [title, ...parts.flatMap(partOf).map(indented)];
  return lines.length ? lines : [none];
}

const indented = (line) => "  " + line;
