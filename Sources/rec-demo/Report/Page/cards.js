// Cards on the page: what is read from them, and what is written to them, as text.

const readCard = (item) => {
  const card = item.firstElementChild;
  const number = (text) => (text === undefined ? null : Number(text));
  return {
    item,
    order: Number(card.dataset.order),
    image: number(card.dataset.image),
    metadata: number(card.dataset.metadata),
    rank: card.querySelector(".rank b"),
    move: card.querySelector(".move"),
    value: card.querySelector(".value b"),
    again: card.querySelector(".score-again"),
    bar: card.querySelector(".score .bar"),
    blocks: [...card.querySelectorAll(".parts b")],
    reasons: [...card.querySelectorAll(".reasons li")],
    why: card.querySelector(".why"),
    panel: card.querySelector(".reasons"),
  };
};

// Puts the parts of a bar end to end, and leaves out what is below zero.
const draw = (bar, values) => {
  let end = 0;
  values.forEach((value, position) => {
    const width = Math.min(Math.max(value, 0), 1);
    bar.children[position].setAttribute("x", end);
    bar.children[position].setAttribute("width", width);
    end += width;
  });
};

const writeScore = (card, weight, total) => {
  const share = shares(card, weight);
  const parts = partsOf(card, share);
  card.value.textContent = card.again.textContent = decimal(total);
  draw(card.bar, [parts.image, parts.metadata]);
  for (const block of card.blocks) block.textContent = decimal(parts[block.dataset.of]);
  for (const reason of card.reasons) {
    const value = share[reason.classList.contains("image") ? "image" : "metadata"] * Number(reason.dataset.part);
    reason.querySelector("b").textContent = signed(value);
    draw(reason.querySelector(".bar"), [value]);
  }
};

const writeRank = (card, was, rank) => {
  const { mark, text } = movement(was, rank);
  card.rank.textContent = rank + 1;
  card.move.className = `move ${mark}`;
  card.move.textContent = text;
};
