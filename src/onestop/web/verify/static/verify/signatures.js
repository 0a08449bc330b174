// CMS signatures (RFC 5652, ETSI EN 319 122-1) and the time stamps in them (RFC 3161).
import { digest, isEqual, toHex } from "./bytes.js";
import { findFault, hashName, readCertificate, verify } from "./certificates.js";
import { children, oid, read, time } from "./der.js";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47";
const TIME_STAMP = "1.2.840.113549.1.9.16.2.14";

// What a signature says of itself, taken apart. The bytes after it (the rest of its space) must be zero.
export function readSignature(bytes) {
  const info = read(bytes);
  if (bytes.subarray(info.whole.length).some((byte) => byte !== 0)) throw new Error("bytes follow");
  const [type, wrapped] = children(info);
  if (oid(type) !== SIGNED_DATA) throw new Error("no signature");
  const [, , enclosed, ...rest] = children(read(wrapped.content));
  const certificates = rest.filter((part) => part.tag === 0xa0).flatMap(children).map((part) => readCertificate(part.whole));
  const signers = children(rest[rest.length - 1]);
  if (signers.length !== 1) throw new Error("not one signer");
  return { certificates, content: readContent(enclosed), ...readSigner(signers[0]) };
}

// Who signed, when, and the first thing wrong, as a code; `content` are the bytes signed.
export async function judgeSignature(bytes, content, known) {
  const signature = readSignature(bytes);
  const signer = signature.certificates.find((one) => one.issuer === signature.issuer && one.serial === signature.serial);
  if (!signer) throw new Error("signer not enclosed");
  const stamp = signature.token && (await judgeStamp(signature, known));
  const found = { signer, stampedAt: stamp?.at ?? null, fault: stamp?.fault ?? null, isStamp: false };
  found.fault ??= await findBreak(signature, signer, content);
  return { ...found, certificates: signature.certificates };
}

// The moment that a time stamp attests, and the first thing wrong with it.
export async function judgeToken(bytes, content, known) {
  const token = readSignature(bytes);
  const signer = token.certificates.find((one) => one.issuer === token.issuer && one.serial === token.serial);
  const [, , imprint, , at] = children(read(token.content));
  const [algorithm, hashed] = children(imprint);
  const moment = time(at);
  const isOfThis = isEqual(hashed.content, await digest(content, hashName(algorithm)));
  const broken = !signer || !isOfThis || (await findBreak(token, signer, token.content));
  const others = [...token.certificates, ...known.others];
  const fault = broken ? "stamp.invalid" : (await findFault(signer, { ...known, others, at: moment })) && "stamp.untrusted";
  return { at: moment, fault: fault || null, signer };
}

async function judgeStamp(signature, known) {
  try {
    return await judgeToken(signature.token, signature.value, known);
  } catch {
    return { at: null, fault: "stamp.invalid" };
  }
}

async function findBreak(signature, signer, content) {
  const said = signature.attributes[MESSAGE_DIGEST];
  if (!said || !isEqual(said.content, await digest(content, signature.hash))) return "signature.altered";
  if (!(await namesItsCertificate(signature, signer))) return "signature.invalid";
  const holds = await verify(signer.publicKey, signature.signingHash, signature.value, signature.signed);
  return holds ? null : "signature.invalid";
}

async function namesItsCertificate(signature, signer) {
  const bound = signature.attributes[SIGNING_CERTIFICATE];
  if (!bound) return true;
  const first = children(children(children(bound)[0])[0]);
  const named = first[0].tag === 0x30 ? hashName(first[0]) : "SHA-256";
  const hash = first[0].tag === 0x30 ? first[1] : first[0];
  return isEqual(hash.content, await digest(signer.whole, named));
}

function readContent(enclosed) {
  const [, inside] = children(enclosed);
  return inside ? read(inside.content).content : null;
}

function readSigner(node) {
  const [, sid, hashed, attributes, algorithm, value, unsigned] = children(node);
  if (attributes.tag !== 0xa0) throw new Error("without signed attributes");
  const [issuer, serial] = children(sid);
  const signed = attributes.whole.slice();
  signed[0] = 0x31; // what is signed is the set itself, not the place it has in the signature
  const token = unsigned && readAttributes(unsigned)[TIME_STAMP];
  return {
    issuer: toHex(issuer.whole),
    serial: toHex(serial.content),
    hash: hashName(hashed),
    signingHash: hashName(algorithm) ?? hashName(hashed),
    attributes: readAttributes(attributes),
    signed,
    value: value.content,
    token: token?.whole ?? null,
  };
}

function readAttributes(node) {
  return Object.fromEntries(
    children(node).map((attribute) => {
      const [type, values] = children(attribute);
      return [oid(type), children(values)[0]];
    }),
  );
}
