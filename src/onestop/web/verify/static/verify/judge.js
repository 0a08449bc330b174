// The answer: holds, fails, revoked or unknown, with the first reason as a code; the same codes as on the server.
import { digest, fromBase64, fromDigits, toHex } from "./bytes.js";
import { findFault, readCertificate } from "./certificates.js";
import { findInList, isSigned, readClaim, readList, readMessage } from "./claims.js";
import { findData, isPaper, listSignatures } from "./papers.js";
import { judgeSignature, judgeToken } from "./signatures.js";

const OLD_LIST = 30 * 24 * 3600 * 1000;
const STATUS_KEY = "system:status";

// Whom to believe, from what the house publishes: roots, keys by their ids, revoked certificates, the list of results.
export async function prepare(trust, listMessage) {
  const certificates = (list) => list.map((one) => readCertificate(fromBase64(one)));
  const keys = new Map(trust.keys.map((one) => [one.id, { ...one, ...lifeOf(one) }]));
  const known = { roots: certificates(trust.roots), others: certificates(trust.intermediates), keys, revoked: trust.revoked };
  return { ...known, list: listMessage ? await openList(listMessage, known) : null };
}

export async function checkClaim(written, known, now = new Date()) {
  let message, claim;
  try {
    message = readMessage(fromDigits(written));
    claim = readClaim(message.payload);
  } catch {
    return { verdict: "unknown", reason: "claim.unreadable" };
  }
  const key = await findKey(message, known, claim.issuedAt);
  if (!key) return { verdict: "unknown", reason: "key.unknown", claim };
  const answer = { claim, holder: key.holder };
  if (!(await isSigned(message, key.certificate))) return { verdict: "fails", reason: "claim.altered", claim };
  if (key.key !== `claim:${claim.issuer}`) return { verdict: "fails", reason: "key.of_another", ...answer };
  if (key.fault) return { verdict: "unknown", reason: key.fault, ...answer };
  return { ...answer, ...(await judgeRevoked(claim, known, now)) };
}

export async function checkFile(bytes, known, now = new Date()) {
  if (!isPaper(bytes)) return { verdict: "unknown", reason: "not_a_pdf" };
  const signatures = [];
  for (const one of listSignatures(bytes)) signatures.push(await judgeOne(one, known));
  const seal = signatures.filter((one) => !one.isStamp).pop();
  const fault = signatures.find((one) => one.fault)?.fault;
  if (!seal) return { verdict: "unknown", reason: "no_signature" };
  if (fault) return { verdict: fault === "certificate.untrusted" ? "unknown" : "fails", reason: fault, signatures };
  const last = signatures[signatures.length - 1];
  if (last.end !== bytes.length) return { verdict: "fails", reason: "signature.changed_after", signatures };
  if (seal.end !== bytes.length) return { verdict: "unknown", reason: "signature.archived", signatures };
  return { ...(await judgeContent(bytes, seal, known, now)), signatures };
}

async function judgeContent(bytes, seal, known, now) {
  const data = await findData(bytes).catch(() => null);
  if (typeof data?.content?.claim !== "string") return { verdict: "unknown", reason: "file.without_claim" };
  const answer = await checkClaim(data.content.claim, known, now);
  const key = known.keys.get(toHex((await digest(seal.signer.whole)).subarray(0, 8)));
  const isSealed = key?.key === `seal:${answer.claim?.issuer}`;
  return answer.verdict === "holds" && !isSealed ? { ...answer, verdict: "fails", reason: "file.sealed_by_another" } : answer;
}

async function judgeOne(one, known) {
  try {
    if (!one.covers) return { ...one, fault: "signature.not_covered" };
    if (one.isStamp) {
      const { at, fault, signer } = await judgeToken(one.contents, one.content, known);
      return { end: one.end, isStamp: true, signer, stampedAt: at, fault };
    }
    const found = await judgeSignature(one.contents, one.content, known);
    const at = found.stampedAt ?? one.claimedAt ?? new Date();
    const others = [...found.certificates, ...known.others];
    found.fault ??= await findFault(found.signer, { ...known, others, at });
    found.fault ??= await findRevocation(found.signer, found.stampedAt, known);
    return { ...found, end: one.end, isStamp: false, claimedAt: one.claimedAt };
  } catch {
    return { end: one.end, isStamp: one.isStamp, fault: "signature.broken" };
  }
}

// Without an attested time a revocation counts whenever it was.
async function findRevocation(certificate, stampedAt, known) {
  const issuer = toHex(await digest(certificate.issuerBytes));
  const serial = certificate.serial.replace(/^0+/, "");
  const found = known.revoked.find((one) => one.issuer === issuer && one.serial === serial);
  return found && (!stampedAt || new Date(found.at) <= stampedAt) ? "certificate.revoked" : null;
}

async function judgeRevoked(claim, known, now) {
  if (!known.list) return { verdict: "unknown", reason: "list.missing" };
  const asOf = known.list.madeAt;
  const found = await findInList(known.list, claim.id);
  if (found) return { verdict: "revoked", reason: "claim.revoked", revokedAt: found.at, cause: found.cause, asOf };
  return { verdict: "holds", reason: "", asOf, caution: now - asOf > OLD_LIST ? "list.old" : "" };
}

async function findKey(message, known, at) {
  const key = known.keys.get(toHex(message.keyId));
  if (!key) return null;
  const certificate = readCertificate(fromBase64(key.certificate));
  const named = toHex((await digest(certificate.whole)).subarray(0, 8)) === key.id;
  const wrong = await findFault(certificate, { ...known, at });
  if (!named || wrong === "certificate.untrusted") return null;
  return { ...key, certificate, fault: key.revokedAt ? "certificate.revoked" : wrong };
}

async function openList(bytes, known) {
  try {
    const message = readMessage(bytes);
    const list = readList(message.payload);
    const key = await findKey(message, known, list.madeAt);
    return key?.key === STATUS_KEY && !key.fault && (await isSigned(message, key.certificate)) ? list : null;
  } catch {
    return null;
  }
}

function lifeOf(key) {
  return { revokedAt: key.revoked_at ? new Date(key.revoked_at) : null };
}
