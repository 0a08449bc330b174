// Bytes and texts: the few forms that messages, certificates and papers come in.
const text = new TextDecoder("utf-8", { fatal: true });

export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromBase64 = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
export const toText = (bytes) => text.decode(bytes);
export const isEqual = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

export function fromHex(hex) {
  if (hex.length % 2 || /[^0-9a-f]/i.test(hex)) throw new Error("not hexadecimal");
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function digest(bytes, name = "SHA-256") {
  return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

// The message behind the digits of a QR code, or behind the whole address that holds them after "#".
export function fromDigits(written) {
  const digits = written.trim().split("#").pop().trim();
  if (!/^[0-9]{1,4000}$/.test(digits)) throw new Error("not digits");
  const hex = BigInt(digits).toString(16);
  return fromHex(hex.length % 2 ? `0${hex}` : hex);
}
