// CBOR (RFC 8949), as much of it as claims use: numbers, bytes, texts, arrays, maps, tags. Everything else is refused.
import { toText } from "./bytes.js";

export class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

export function decode(bytes) {
  const reader = { bytes, at: 0 };
  const value = read(reader, 0);
  if (reader.at !== bytes.length) throw new Error("bytes follow");
  return value;
}

// The head of an item: its kind (0 to 7) and its number.
export function head(kind, number) {
  const first = kind << 5;
  if (number < 24) return Uint8Array.of(first | number);
  if (number < 0x100) return Uint8Array.of(first | 24, number);
  if (number < 0x10000) return Uint8Array.of(first | 25, number >> 8, number & 0xff);
  throw new Error("too long");
}

function read(reader, depth) {
  if (depth > 8) throw new Error("too deep");
  const [kind, number] = readHead(reader);
  switch (kind) {
    case 0: return number;
    case 1: return -1 - number;
    case 2: return take(reader, number);
    case 3: return toText(take(reader, number));
    case 4: return Array.from({ length: count(reader, number) }, () => read(reader, depth + 1));
    case 5: return readMap(reader, count(reader, number), depth);
    case 6: return new Tagged(number, read(reader, depth + 1));
    default: throw new Error("not used here");
  }
}

function readHead(reader) {
  const [first] = take(reader, 1);
  const low = first & 31;
  if (low < 24) return [first >> 5, low];
  if (low > 27) throw new Error("without length");
  const number = take(reader, 1 << (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(number)) throw new Error("too large");
  return [first >> 5, number];
}

function readMap(reader, length, depth) {
  const map = new Map();
  for (let n = 0; n < length; n++) {
    const key = read(reader, depth + 1);
    if (map.has(key)) throw new Error("named twice");
    map.set(key, read(reader, depth + 1));
  }
  return map;
}

function count(reader, length) {
  if (length > reader.bytes.length - reader.at) throw new Error("cut off");
  return length;
}

function take(reader, length) {
  const end = reader.at + length;
  if (end > reader.bytes.length) throw new Error("cut off");
  const part = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return part;
}
