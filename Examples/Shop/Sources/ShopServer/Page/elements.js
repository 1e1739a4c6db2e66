// Elements made of the page's templates. What comes from a catalogue is put in as text.

const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

const withText = (tag, text) => {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
};

// A product's picture in its frame, in the widths that the shop has, or words where there is none.
const fillPictureFrame = (frame, product, sizes, alt = "") => {
  const none = () => frame.replaceChildren(fromTemplate("no-picture-template"));
  if (!product.picture) return none();
  const picture = document.createElement("img");
  Object.assign(picture, { alt, loading: "lazy", decoding: "async", width: 300, height: 400 });
  picture.addEventListener("error", none);
  picture.sizes = sizes;
  picture.srcset = sourcesOf(product.picture);
  picture.src = sourceOf(product.picture, 320);
  return frame.replaceChildren(picture);
};

// Puts the parts of a bar end to end, and leaves out what is below zero.
const drawBar = (bar, values) => {
  let end = 0;
  values.forEach((value, position) => {
    const width = Math.min(Math.max(value, 0), 1 - end);
    bar.children[position].setAttribute("x", end);
    bar.children[position].setAttribute("width", width);
    end += width;
  });
};

// Makes a button open and close a popover: below it where there is room, else above. The style sheet places it on
// narrow screens.
const opens = (button, panel) => {
  button.popoverTargetElement = panel;
  panel.querySelector(".done").addEventListener("click", () => panel.hidePopover());
  const place = () => {
    panel.style.left = panel.style.top = "";
    if (matchMedia("(max-width: 46rem)").matches) return;
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const { left, top } = panelPlace(button.getBoundingClientRect(), panel.getBoundingClientRect(), { width, height });
    panel.style.left = `${left}px`;
    panel.style.top = `${top}px`;
  };
  panel.addEventListener("beforetoggle", (event) => event.newState === "open" && requestAnimationFrame(place));
};

const panelPlace = (button, panel, view) => {
  const below = button.bottom + 6;
  const above = button.top - 6 - panel.height;
  const top = below + panel.height <= view.height - 8 || above < 8 ? below : above;
  return {
    left: Math.max(8, Math.min(button.left, view.width - panel.width - 8)),
    top: Math.max(8, Math.min(top, view.height - panel.height - 8)),
  };
};
