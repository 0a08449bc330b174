// Signed papers (PDF): where their signatures are, what each covers, and the data attached to a result.
import { fromHex, join, toText } from "./bytes.js";

const RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;
const ATTACHED = /<<[^<>]{0,200}\/EmbeddedFile\b(?:[^<>]|<<[^<>]{0,300}>>){0,400}>>\s*stream\r?\n/g;
const LARGEST_ATTACHMENT = 200_000;

export const isPaper = (bytes) => asLetters(bytes.subarray(0, 1024)).includes("%PDF-");

// Every signature in order of where it ends. What it does not cover must be its own hexadecimal digits, nothing else.
export function listSignatures(bytes) {
  const letters = asLetters(bytes);
  const found = [...letters.matchAll(RANGE)].map((match) => {
    const [start, length, from, rest] = match.slice(1).map(Number);
    const hole = letters.slice(length, from);
    const covers = start === 0 && length < from && from + rest <= bytes.length && /^<[0-9a-fA-F]*>$/.test(hole);
    return {
      covers,
      end: from + rest,
      contents: covers ? fromHex(hole.slice(1, -1)) : null,
      content: covers ? join(bytes.subarray(0, length), bytes.subarray(from, from + rest)) : null,
      isStamp: /\/DocTimeStamp\b/.test(around(letters, match.index)),
      claimedAt: readTime(around(letters, match.index)),
    };
  });
  return found.sort((one, other) => one.end - other.end);
}

// The data of a result, attached as JSON; null if there is none, or more than one.
export async function findData(bytes) {
  const letters = asLetters(bytes);
  const found = [];
  for (const match of letters.matchAll(ATTACHED)) {
    const start = match.index + match[0].length;
    const raw = bytes.subarray(start, letters.indexOf("endstream", start));
    found.push(JSON.parse(toText(/\/FlateDecode\b/.test(match[0]) ? await unpack(raw) : raw)));
  }
  const results = found.filter((one) => one?.format === "onestop-result/1");
  return results.length === 1 ? results[0] : null;
}

// Letters 0 to 255, one a byte, so that places in the text are places in the file.
function asLetters(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return letters;
}

function around(letters, index) {
  const start = Math.max(letters.lastIndexOf(" obj", index), index - 2000);
  const end = letters.indexOf("endobj", index);
  const object = letters.slice(start, end < 0 ? index + 2000 : end);
  return object.replace(/<[0-9a-fA-F]{100,}>/, "<>");
}

function readTime(object) {
  const found = /\/M\s*\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:([+-])(\d\d)'?(\d\d)|Z)?/.exec(object);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, sign, hours = 0, minutes = 0] = found;
  const shift = (sign === "-" ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) + shift);
}

async function unpack(raw) {
  const parts = [];
  let size = 0;
  const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      if (size > LARGEST_ATTACHMENT) throw new Error("too large");
      parts.push(step.value);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a line end behind the packed data is no harm
  }
  return join(...parts);
}
