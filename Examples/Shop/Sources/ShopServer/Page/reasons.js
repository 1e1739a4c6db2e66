// The score of an answer as a bar, and a button that opens its parts.

const makeScore = (answer, because) => {
  const score = fromTemplate("score-template");
  const [bar, why] = score.children;
  const parts = partsOf(answer);
  const sides = sidesOf(parts);
  drawBar(bar, [sides.image, sides.attributes]);
  why.setAttribute("aria-label", `Why? ${titleOf(answer)}`);
  why.addEventListener("click", () => {
    if (why.popoverTargetElement) return;
    // Beside its button: next in the order of the keyboard, and inside a dialog that is open. This click opens it.
    const panel = makeReasons(answer.score, parts, because);
    score.append(panel);
    opens(why, panel);
  });
  return score;
};

const makeReasons = (score, parts, because) => {
  const panel = fromTemplate("reasons-template");
  const [, kicker, sentence, list] = panel.children;
  kicker.lastElementChild.textContent = decimal(score);
  sentence.textContent = reasonInWords(parts, because);
  list.append(...tellingParts(parts).map(([name, value]) => {
    const item = fromTemplate("reason-template");
    const [label, number, bar] = item.children;
    item.className = value < 0 ? "against" : name === "image" ? "image" : "attribute";
    label.textContent = value < 0 ? `${partInWords(name)} (lowers the score)` : partInWords(name);
    number.textContent = decimal(value);
    drawBar(bar, [Math.abs(value)]);
    return item;
  }));
  return panel;
};
