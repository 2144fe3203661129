// Who asks: the operator, under which law, and where letters go.

import { CheckField, ListField, OneOf, TextField } from "../field.jsx";
import { put, putAll, read } from "../state.js";
import { say } from "../words.js";

export function OperatorStep() {
  const kind = read(["operator", "iin"]) === undefined ? "bin" : "iin";
  const number = read(["operator", kind]);
  const turnTo = (other) => {
    if (other !== kind) putAll([[["operator", kind], undefined], [["operator", other], number ?? ""]]);
  };
  return (
    <>
      <TextField path={["operator", "name"]} label={say("operator.name")} about={say("operator.nameAbout")} example="ТОО «Пример»" />
      <OneOf
        path={["operator", "kind"]}
        legend={say("operator.kind")}
        absent={kind}
        change={turnTo}
        items={[
          { code: "bin", name: say("operator.company") },
          { code: "iin", name: say("operator.person") },
        ]}
      />
      <TextField
        key={kind}
        path={["operator", kind]}
        label={say(`operator.${kind}`)}
        about={say("operator.numberAbout")}
        example={kind === "bin" ? "991240000003" : "920212302506"}
        asked
      />
      <TextField path={["operator", "address"]} label={say("operator.address")} example="г. Алматы, улица Примерная, дом 1" />
      <TextField path={["operator", "email"]} label={say("operator.email")} about={say("operator.emailAbout")} type="email" example="privacy@example.kz" change={storeEmail} />
      <TextField path={["operator", "phone"]} label={say("operator.phone")} about={say("optional")} type="tel" example="+7 700 000 00 00" />
      <ListField
        path={["law"]}
        legend={say("operator.law")}
        about={say("operator.lawAbout")}
        absent={["kz", "gdpr"]}
        empty={[]}
        items={["kz", "gdpr"].map((code) => ({ code, name: say(`operator.${code}`) }))}
      />
      <CheckField path={["audience"]} on="minors" label={say("operator.minors")} about={say("operator.minorsAbout")} />
    </>
  );
}

// Letters of withdrawal go to the same address unless somebody wrote another: nothing is asked twice.
function storeEmail(next) {
  const isOne = (read(["withdrawal", "email"]) ?? "") === (read(["operator", "email"]) ?? "");
  if (isOne) putAll([[["operator", "email"], next], [["withdrawal", "email"], next]]);
  else put(["operator", "email"], next);
}
