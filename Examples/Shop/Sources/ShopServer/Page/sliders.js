// The sliders: what the picture counts against the attributes, and how varied an answer is.

// Whether the first slider can change an answer: it needs products that have both a picture and attributes.
const isWeighed = (results) =>
  results.length === 0 || results.some(({ image, metadata }) => image !== null && metadata !== null);

// Calls `changed` with shares of the state, once a slider rests.
const makeSliders = (place, { hasVariety }, changed) => {
  const root = fromTemplate("sliders-template");
  const [weight, variety] = root.children;
  if (!hasVariety) variety.remove();
  place.append(root);
  const [imageSide, weightInput, attributeSide] = weight.children;
  const varietyInput = variety.children[1];
  let timer = 0;

  const write = () => {
    const share = weightInput.value / 100;
    imageSide.lastElementChild.textContent = `${percent(share)} %`;
    attributeSide.firstElementChild.textContent = `${100 - percent(share)} %`;
    weightInput.setAttribute("aria-valuetext", weightInWords(share));
    weightInput.style.setProperty("--share", `${weightInput.value}%`);
    varietyInput.setAttribute("aria-valuetext", varietyInWords(varietyInput.value / 100));
    varietyInput.style.setProperty("--share", `${varietyInput.value}%`);
  };
  root.addEventListener("input", () => {
    write();
    clearTimeout(timer);
    timer = setTimeout(() => changed({
      pictureWeight: weightInput.value / 100, ...(hasVariety ? { variety: varietyInput.value / 100 } : {}),
    }), 200);
  });
  return {
    show: (state) => {
      clearTimeout(timer);
      weightInput.value = percent(state.pictureWeight);
      varietyInput.value = percent(state.variety);
      write();
    },
    set hidden(isHidden) { root.hidden = isHidden; },
    // Shows what can change the answer with these results.
    fit: (results) => { weight.hidden = !isWeighed(results); },
  };
};
