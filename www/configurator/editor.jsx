// `site.json` itself, beside the form and in step with it. Completion comes from the schema, problems from the check.

import { json } from "@codemirror/lang-json";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { basicSetup, EditorView } from "codemirror";
import { jsonCompletion, stateExtensions } from "codemirror-json-schema";
import { useEffect, useRef } from "preact/hooks";
import { schema } from "./program/kelisim.js";
import { findings, take, text } from "./state.js";
import { languageOfPage, say } from "./words.js";

// As the check counts them: lines and columns from 1.
function diagnostic(document, { line, column, level, problem, mend }) {
  const { from, to } = document.line(Math.min(Math.max(line, 1), document.lines));
  const start = Math.min(from + column - 1, to);
  return { from: start, to, severity: level === "error" ? "error" : "info", message: `${problem} ${mend}` };
}

const setUp = (label) => [
  basicSetup,
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ "aria-label": label }),
  json(),
  json().language.data.of({ autocomplete: jsonCompletion() }),
  stateExtensions(schema()),
  lintGutter(),
];

export function Editor() {
  const place = useRef();
  const view = useRef();
  useEffect(() => {
    const hear = EditorView.updateListener.of(({ docChanged, state }) => {
      const written = state.doc.toString();
      if (docChanged && written !== text.value) take(written);
    });
    view.current = new EditorView({ doc: text.value, parent: place.current, extensions: [setUp(say("editor.label")), hear] });
    return () => view.current.destroy();
  }, [languageOfPage.value]);
  useEffect(() => {
    const { state } = view.current;
    if (state.doc.toString() !== text.value) {
      view.current.dispatch({ changes: { from: 0, to: state.doc.length, insert: text.value } });
    }
    const { doc } = view.current.state;
    view.current.dispatch(setDiagnostics(view.current.state, findings.value.map((finding) => diagnostic(doc, finding))));
  }, [text.value, findings.value, languageOfPage.value]);
  return <div class="editor" ref={place} data-editor="" />;
}
