// The tool on the page: a file, a picture, the camera or pasted digits in; an answer out. Nothing is sent anywhere.
import { checkClaim, checkFile } from "./judge.js";
import { lookThroughCamera, readPicture } from "./scanning.js";
import { tell } from "./telling.js";

const LARGEST_FILE = 30 * 1024 * 1024;

// `known` and `decode` are asked for when first needed; `words` gives the sentences in the language of the moment.
export function watch(root, { known, decode, words }) {
  const part = (name) => root.querySelector(`[data-check="${name}"]`);
  const [file, text, camera, video, drop, answer] = ["file", "text", "camera", "video", "drop", "answer"].map(part);
  let last = null;
  let endCamera = null;

  const show = () => last && answer.replaceChildren(tell(last, words()));
  const say = (found) => {
    last = found;
    show();
    answer.focus();
  };
  const answerWith = async (check) => {
    answer.replaceChildren(Object.assign(document.createElement("p"), { textContent: words()["checking"] }));
    try {
      say(await check(await known()));
    } catch {
      say({ verdict: "unknown", reason: "not_readable" });
    }
  };
  const checkText = (written) => answerWith((trusted) => checkClaim(written, trusted));
  const takeFile = (given) => {
    if (!given) return;
    if (given.size > LARGEST_FILE) say({ verdict: "unknown", reason: "file.too_large" });
    else if (given.type.startsWith("image/")) answerWith(async (trusted) => checkClaim(await codeIn(given), trusted));
    else answerWith(async (trusted) => checkFile(new Uint8Array(await given.arrayBuffer()), trusted));
  };
  const codeIn = async (picture) => {
    try {
      return await readPicture(picture, decode);
    } catch {
      return ""; // no code in the picture: told as a code that cannot be read
    }
  };
  const stopCamera = () => {
    endCamera?.();
    endCamera = null;
    video.hidden = true;
    camera.setAttribute("aria-pressed", "false");
  };
  const startCamera = async () => {
    video.hidden = false;
    camera.setAttribute("aria-pressed", "true");
    try {
      endCamera = await lookThroughCamera(video, decode, (written) => {
        stopCamera();
        checkText(written);
      });
    } catch {
      stopCamera();
      say({ verdict: "unknown", reason: "camera" });
    }
  };

  file.addEventListener("change", () => takeFile(file.files[0]));
  text.addEventListener("input", () => text.value.trim() && checkText(text.value));
  camera.addEventListener("click", () => (endCamera ? stopCamera() : startCamera()));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.dataset.over = "";
  });
  drop.addEventListener("dragleave", () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    takeFile(event.dataTransfer.files[0]);
  });
  camera.hidden = !navigator.mediaDevices?.getUserMedia;
  const fromAddress = () => /^#[0-9]{50,}$/.test(location.hash) && checkText(location.hash);
  addEventListener("hashchange", fromAddress);
  fromAddress();
  return { show };
}
