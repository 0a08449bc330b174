// The page /xac-minh/: the tool with what the house publishes, fetched when first needed.
import { prepare } from "./judge.js";
import { watch } from "./checker.js";

const root = document.querySelector("[data-checker]");
const words = JSON.parse(document.getElementById("words").textContent);

async function load() {
  const trust = await (await fetch(root.dataset.trust)).json();
  const list = await fetch(root.dataset.list).catch(() => null);
  return prepare(trust, list?.ok ? new Uint8Array(await list.arrayBuffer()) : null);
}

let loaded;
const known = () => (loaded ??= load().catch((error) => { loaded = undefined; throw error; }));
const decode = async () => (await import("../base/qr/decode.js")).decodeQR;

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = element.dataset.scripted === "off";
watch(root, { known, decode, words: () => words });
