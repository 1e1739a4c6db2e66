// Pictures: the widths that the shop serves, and the size in which a visitor's picture is sent.

const WIDTHS = [160, 320, 640];
const LONGEST_SIDE = 1024;
const LARGEST_FILE = 60_000_000;
const LARGEST_AS_IT_IS = 2_000_000;

const sourceOf = (picture, width) => `${picture}${picture.includes("?") ? "&" : "?"}width=${width}`;

const sourcesOf = (picture) => WIDTHS.map((width) => `${sourceOf(picture, width)} ${width}w`).join(", ");

// The size of a picture whose longer side is at most so long.
const fitted = (width, height, longest) => {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

// Whether a file goes as it is: a JPEG that needs no scaling.
const isSentAsItIs = ({ type, size }, width, height) =>
  type === "image/jpeg" && size <= LARGEST_AS_IT_IS && Math.max(width, height) <= LONGEST_SIDE;

// A visitor's picture as a JPEG that the shop takes.
const preparedPicture = async (file) => {
  const unreadable = "Your browser cannot read this file as a picture. Choose a JPEG, PNG or WebP.";
  if (file.size > LARGEST_FILE) throw new Failure("too-large", "This file is too large. Choose one below 60 MB.");
  const bitmap = await createImageBitmap(file).catch(() => { throw new Failure("unreadable", unreadable); });
  if (isSentAsItIs(file, bitmap.width, bitmap.height)) return file;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(bitmap.width, bitmap.height, LONGEST_SIDE));
  const context = canvas.getContext("2d");
  // JPEG has no transparency.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  if (!blob) throw new Failure("unreadable", unreadable);
  return blob;
};
