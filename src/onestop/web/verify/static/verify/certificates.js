// Certificates (RFC 5280): who is named, whether it was in force, and whether a chain leads to a root that is trusted here.
import { toHex, toText } from "./bytes.js";
import { children, oid, rawSignature, read, time } from "./der.js";

const NAMES = { "2.5.4.3": "name", "2.5.4.10": "organisation", "0.9.2342.19200300.100.1.1": "key" };
const CURVES = {
  "1.2.840.10045.3.1.7": ["P-256", 32],
  "1.3.132.0.34": ["P-384", 48],
  "1.3.132.0.35": ["P-521", 66],
};
const HASHES = {
  "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512",
  "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512",
  "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512",
};
const [EC, RSA, BASIC_CONSTRAINTS] = ["1.2.840.10045.2.1", "1.2.840.113549.1.1.1", "2.5.29.19"];
const LONGEST_CHAIN = 5;

export const hashName = (algorithm) => HASHES[oid(children(algorithm)[0])];

export function readCertificate(der) {
  const whole = read(der);
  const [signed, algorithm, signature] = children(whole);
  const parts = children(signed);
  if (parts[0].tag === 0xa0) parts.shift();
  const [serial, , issuer, validity, subject, publicKey, ...rest] = parts;
  const [from, until] = children(validity).map(time);
  return {
    whole: whole.whole,
    signed: signed.whole,
    serial: toHex(serial.content),
    issuer: toHex(issuer.whole),
    issuerBytes: issuer.whole,
    subject: toHex(subject.whole),
    names: readNames(subject),
    from,
    until,
    publicKey: publicKey.whole,
    hash: hashName(algorithm),
    signature: signature.content.subarray(1),
    isAuthority: rest.some((part) => part.tag === 0xa3 && mayIssue(part)),
  };
}

export async function verify(publicKey, hash, signature, data) {
  const [kind, parameters] = children(children(read(publicKey))[0]);
  if (!hash) throw new Error("unknown hash");
  if (oid(kind) === EC) {
    const [curve, size] = CURVES[oid(parameters)];
    const key = await crypto.subtle.importKey("spki", publicKey, { name: "ECDSA", namedCurve: curve }, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash }, key, rawSignature(signature, size), data);
  }
  if (oid(kind) !== RSA) throw new Error("unknown kind of key");
  const key = await crypto.subtle.importKey("spki", publicKey, { name: "RSASSA-PKCS1-v1_5", hash }, false, ["verify"]);
  return crypto.subtle.verify("RSASSA-PKCS1-v1_5", key, signature, data);
}

// What is wrong with a certificate at a moment, as a code; null if nothing is.
export async function findFault(certificate, { at, others, roots }) {
  if (at < certificate.from) return "certificate.not_yet_valid";
  if (at >= certificate.until) return "certificate.expired";
  return (await leadsToRoot(certificate, others, roots)) ? null : "certificate.untrusted";
}

async function leadsToRoot(certificate, others, roots) {
  for (let current = certificate, steps = 0; steps < LONGEST_CHAIN; steps++) {
    if (await findIssuer(current, roots)) return true;
    const issuer = await findIssuer(current, others);
    if (!issuer || issuer.issuer === issuer.subject) return false;
    current = issuer;
  }
  return false;
}

async function findIssuer(certificate, candidates) {
  for (const issuer of candidates) {
    if (!issuer.isAuthority || issuer.subject !== certificate.issuer) continue;
    if (await verify(issuer.publicKey, certificate.hash, certificate.signature, certificate.signed)) return issuer;
  }
  return null;
}

function readNames(subject) {
  const names = { name: "", organisation: "", key: "" };
  for (const set of children(subject)) {
    const [type, value] = children(children(set)[0]);
    if (NAMES[oid(type)]) names[NAMES[oid(type)]] = toText(value.content);
  }
  return names;
}

function mayIssue(extensions) {
  return children(children(extensions)[0]).some((extension) => {
    const parts = children(extension);
    if (oid(parts[0]) !== BASIC_CONSTRAINTS) return false;
    const [isAuthority] = children(read(parts[parts.length - 1].content));
    return isAuthority?.tag === 1 && isAuthority.content[0] === 0xff;
  });
}
