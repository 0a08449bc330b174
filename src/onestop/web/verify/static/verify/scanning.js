// Reading a QR code from a picture or the camera: by the browser itself where it can, else by the reader handed in.
const LARGEST_SIDE = 2400;

export async function readPicture(file, decode) {
  const picture = await createImageBitmap(file);
  try {
    return (await readByBrowser(picture)) ?? (await decode())(pixelsOf(picture, LARGEST_SIDE));
  } finally {
    picture.close();
  }
}

// Looks through the camera until a code is read; the function it gives ends it before.
export async function lookThroughCamera(video, decode, found) {
  const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  const read = await decode();
  let isOver = false;
  const end = () => {
    isOver = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play();
  const look = async () => {
    if (isOver) return;
    const text = await readFrame(video, read);
    if (text && !isOver) {
      end();
      found(text);
    } else setTimeout(look, 120);
  };
  look();
  return end;
}

async function readFrame(video, read) {
  try {
    return (await readByBrowser(video)) ?? read(pixelsOf(video, LARGEST_SIDE));
  } catch {
    return null; // no code in this frame
  }
}

let detector;
async function readByBrowser(source) {
  if (!("BarcodeDetector" in globalThis)) return null;
  try {
    detector ??= (await BarcodeDetector.getSupportedFormats()).includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
    const [code] = detector ? await detector.detect(source) : [];
    return code?.rawValue ?? null;
  } catch {
    return null;
  }
}

function pixelsOf(source, largest) {
  const [width, height] = [source.videoWidth ?? source.width, source.videoHeight ?? source.height];
  const scale = Math.min(1, largest / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(width * scale), height: Math.round(height * scale),
  });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
