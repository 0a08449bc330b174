// The claim of a QR code and the list of revoked results: COSE_Sign1 messages with ES256 (RFC 9052).
import { digest, isEqual, join } from "./bytes.js";
import { decode, head, Tagged } from "./cbor.js";

const [ALGORITHM, KEY_ID, ES256] = [1, 4, -7];
const [ISSUER, ISSUED_AT, CLAIM_ID, RESULT] = [1, 6, 7, -70001];
const [NUMBER, TITLE, DOSSIER, FIELDS] = [1, 2, 3, 4];
const [MADE_AT, ROWS] = [1, 2];
const ROW = 13;

// A message taken apart, not yet checked. Throws for anything that is not exactly one message of this kind.
export function readMessage(bytes) {
  const message = decode(bytes);
  if (!(message instanceof Tagged) || message.tag !== 18 || message.value.length !== 4) throw new Error("no message");
  const [protectedHeader, unprotected, payload, signature] = message.value;
  const header = decode(protectedHeader);
  const keyId = header.get(KEY_ID);
  if (header.size !== 2 || header.get(ALGORITHM) !== ES256 || !(keyId instanceof Uint8Array)) throw new Error("header");
  if (unprotected.size !== 0 || !(payload instanceof Uint8Array) || signature.length !== 64) throw new Error("parts");
  const named = new TextEncoder().encode("Signature1");
  const parts = [head(4, 4), head(3, named.length), named];
  for (const part of [protectedHeader, new Uint8Array(), payload]) parts.push(head(2, part.length), part);
  return { keyId, payload, signature, signed: join(...parts) };
}

export async function isSigned(message, certificate) {
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("spki", certificate.publicKey, kind, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, message.signature, message.signed);
}

export function readClaim(payload) {
  const token = decode(payload);
  const said = token.get(RESULT);
  const claim = {
    issuer: token.get(ISSUER),
    issuedAt: new Date(token.get(ISSUED_AT) * 1000),
    id: token.get(CLAIM_ID),
    number: said.get(NUMBER),
    title: said.get(TITLE),
    dossier: said.get(DOSSIER),
    fields: [...said.get(FIELDS)],
  };
  const texts = [claim.issuer, claim.number, claim.title, claim.dossier, ...claim.fields.map(([, value]) => value)];
  if (!texts.every((value) => typeof value === "string") || !(claim.id instanceof Uint8Array)) throw new Error("no claim");
  if (Number.isNaN(claim.issuedAt.getTime())) throw new Error("no claim");
  return claim;
}

export function readList(payload) {
  const list = decode(payload);
  const rows = list.get(ROWS);
  if (!(rows instanceof Uint8Array) || rows.length % ROW) throw new Error("no list");
  return { madeAt: new Date(list.get(MADE_AT) * 1000), rows };
}

// Since when, and why, a claim is on the list; null if it is not.
export async function findInList(list, claimId) {
  const name = (await digest(claimId)).subarray(0, 8);
  for (let at = 0; at < list.rows.length; at += ROW) {
    if (!isEqual(list.rows.subarray(at, at + 8), name)) continue;
    const seconds = list.rows.subarray(at + 8, at + 12).reduce((sum, byte) => sum * 256 + byte, 0);
    return { at: new Date(seconds * 1000), cause: list.rows[at + 12] };
  }
  return null;
}
