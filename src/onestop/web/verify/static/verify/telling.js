// The answer in words: what was found, by whom, to whom, when, and until when nothing is known to the contrary.
const TONES = { holds: "success", fails: "danger", revoked: "danger", unknown: "warning" };
const FIRST = [1, 8, 11, 21, 9]; // the name of whoever or whatever it is about stands first
const ZONE = "Asia/Ho_Chi_Minh";
const [ISOLATE, POP] = ["\u2068", "\u2069"];

export function tell(found, words) {
  const told = make("div", { className: "ds-alert" }, { color: TONES[found.verdict], verdict: found.verdict });
  told.append(make("h2", { textContent: fill(words[`verdict.${found.verdict}`], { date: day(found.revokedAt) }) }));
  const sentences = [words[`reason.${found.reason}`] ?? (found.reason && fill(words["reason.other"], { code: found.reason }))];
  if (found.cause) sentences.push(words[`cause.${found.cause}`]);
  if (found.caution) sentences.push(words[`caution.${found.caution}`]);
  if (found.asOf) sentences.push(fill(words["as_of"], { date: moment(found.asOf) }));
  for (const sentence of sentences.filter(Boolean)) told.append(make("p", { textContent: sentence }));
  const whole = make("div");
  whole.append(told);
  if (found.claim && found.verdict !== "fails") whole.append(...tellClaim(found, words));
  if (found.signatures?.length) whole.append(...tellSignatures(found.signatures, words));
  return whole;
}

function tellClaim({ claim, holder }, words) {
  const rank = ([label]) => (FIRST.includes(label) ? FIRST.indexOf(label) : FIRST.length);
  const fields = [...claim.fields].sort((one, other) => rank(one) - rank(other));
  const rows = [
    ...fields.map(([label, value]) => [words[`field.${label}`] ?? String(label), value]),
    [words["claim.title"], claim.title],
    [words["claim.number"], claim.number],
    [words["claim.issued_by"], [holder, claim.issuer].filter(Boolean).join(" · ")],
    [words["claim.issued_at"], moment(claim.issuedAt)],
    [words["claim.dossier"], claim.dossier],
  ];
  return [make("p", { className: "lead", textContent: words["compare"] }), summary(rows)];
}

function tellSignatures(signatures, words) {
  const rows = signatures.map((one) => [
    words[one.isStamp ? "signature.stamp" : one.fault ? "signature.bad" : "signature.good"],
    [one.signer?.names.name, one.signer?.names.organisation, moment(one.stampedAt ?? one.claimedAt)]
      .filter((part, at, all) => part && all.indexOf(part) === at).join(" · "),
  ]);
  return [make("h3", { textContent: words["signatures"] }), summary(rows)];
}

function summary(rows) {
  const list = make("dl", { className: "summary" });
  for (const [label, value] of rows) {
    const row = make("div");
    const shown = make("bdi", { textContent: value, lang: "vi" });
    const cell = make("dd");
    cell.append(shown);
    row.append(make("dt", { textContent: label }), cell);
    list.append(row);
  }
  return list;
}

function make(name, properties = {}, data = {}) {
  const element = Object.assign(document.createElement(name), properties);
  Object.assign(element.dataset, data);
  return element;
}

export const fill = (sentence, values) =>
  (sentence ?? "").replace(/\{(\w+)\}/g, (_, name) => `${ISOLATE}${values[name] ?? ""}${POP}`);

const parts = (at) =>
  Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(at).map((part) => [part.type, part.value]),
  );

export function day(at) {
  if (!at) return "";
  const { day: number, month, year } = parts(at);
  return `${number}/${month}/${year}`;
}

export function moment(at) {
  if (!at) return "";
  const { hour, minute } = parts(at);
  return `${hour}:${minute} ${day(at)}`;
}
