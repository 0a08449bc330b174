// DER (X.690): what certificates and signatures are written in.
export function read(bytes, from = 0) {
  const tag = bytes[from];
  let at = from + 2;
  let length = bytes[from + 1];
  if (tag === undefined || length === undefined || length === 0x80 || (tag & 31) === 31) throw new Error("not DER");
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4 || at + count > bytes.length) throw new Error("not DER");
    length = bytes.subarray(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0);
    at += count;
  }
  const end = at + length;
  if (end > bytes.length) throw new Error("cut off");
  return { tag, content: bytes.subarray(at, end), whole: bytes.subarray(from, end), end };
}

export function children(node) {
  const found = [];
  for (let at = 0; at < node.content.length; ) {
    const child = read(node.content, at);
    found.push(child);
    at += child.whole.length;
  }
  return found;
}

export function oid(node) {
  const arcs = [];
  let arc = 0;
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const first = Math.min(2, Math.floor(arcs[0] / 40));
  return [first, arcs[0] - 40 * first, ...arcs.slice(1)].join(".");
}

// UTCTime and GeneralizedTime, always in Z here.
export function time(node) {
  const written = String.fromCharCode(...node.content);
  const full = node.tag === 0x17 ? (Number(written.slice(0, 2)) < 50 ? "20" : "19") + written : written;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(full);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

// An ECDSA signature as the browser wants it: r and s, each as long as the curve.
export function rawSignature(der, size) {
  const raw = new Uint8Array(2 * size);
  children(read(der)).forEach((number, at) => {
    let bytes = number.content;
    while (bytes.length > size && bytes[0] === 0) bytes = bytes.subarray(1);
    raw.set(bytes, (at + 1) * size - bytes.length);
  });
  return raw;
}
