// The policy that the notice leads to, how long an answer holds, and how consent is taken back by letter.

import { asNumber, CheckField, TextField } from "../field.jsx";
import { say } from "../words.js";

export function PolicyStep() {
  return (
    <>
      <TextField path={["policy", "url"]} label={say("policy.url")} about={say("policy.urlAbout")} type="url" example="https://example.kz/privacy" />
      <TextField path={["policy", "version"]} label={say("policy.version")} about={say("policy.versionAbout")} example="2026-01-01" />
      <TextField path={["expiresDays"]} label={say("policy.term")} about={say("policy.termAbout")} example="180" as={asNumber} />
      <TextField path={["scope"]} label={say("policy.scope")} about={say("policy.scopeAbout")} example="example.kz" />
      <h3>{say("policy.withdrawal")}</h3>
      <TextField path={["withdrawal", "email"]} label={say("policy.email")} about={say("policy.emailAbout")} type="email" example="privacy@example.kz" />
      <TextField path={["withdrawal", "subject"]} label={say("policy.subject")} about={say("policy.subjectAbout")} />
      <TextField path={["withdrawal", "correctionSubject"]} label={say("policy.correction")} about={say("optional")} />
      <details>
        <summary>{say("more")}</summary>
        <TextField path={["receipts"]} label={say("policy.receipts")} about={say("policy.receiptsAbout")} example="/receipts" />
        <CheckField path={["onWithdraw"]} on="stay" label={say("policy.stay")} about={say("policy.stayAbout")} />
        <CheckField path={["signals", "gpc"]} on="marketing" label={say("policy.gpc")} about={say("policy.gpcAbout")} />
        <CheckField path={["signals", "dnt"]} label={say("policy.dnt")} about={say("policy.dntAbout")} />
        <CheckField path={["audit"]} label={say("policy.audit")} about={say("policy.auditAbout")} />
      </details>
    </>
  );
}
