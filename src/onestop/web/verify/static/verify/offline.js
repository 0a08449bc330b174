// The offline page: the same tool with everything inside the file, and a switch of language.
import { decodeQR } from "./decode.js";
import { fromBase64 } from "./bytes.js";
import { prepare } from "./judge.js";
import { fill, moment } from "./telling.js";
import { watch } from "./checker.js";

const inside = JSON.parse(document.getElementById("inside").textContent);
const languages = Object.keys(inside.words);
let language = languages.find((one) => navigator.language.startsWith(one)) ?? languages[0];
const words = () => inside.words[language];

let prepared;
const known = () => (prepared ??= prepare(inside.trust, fromBase64(inside.list)));
const tool = watch(document.querySelector("[data-checker]"), { known, decode: async () => decodeQR, words });

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ur" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = fill(words()[element.dataset.word], { date: moment(new Date(inside.made_at)) });
  }
  document.title = words()["title"];
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  tool.show();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
speak(language);
