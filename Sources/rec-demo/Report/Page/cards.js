const find = (id) => document.getElementById(id);
const number = (text) => (text === undefined ? null : Number(text));
const decimal = (value) => {
  const hundredths = Math.round(Math.abs(value) * 100);
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
  return value < 0 && hundredths > 0 ? `−${text}` : text;
};
const signed = (value) => decimal(value).replace(/^(?!−)/, "+");

const rows = [...document.querySelectorAll(".row")].map((section) => ({
  title: section.querySelector("h2").textContent,
  count: Number(section.dataset.count),
  list: section.querySelector("ol"),
  nothing: section.querySelector(".nothing"),
  cards: [...section.querySelectorAll("li:has(> .card)")].map((item) => {
    const card = item.firstElementChild;
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
  }),
}));

const draw = (bar, values) => {
  let end = 0;
  values.forEach((value, position) => {
    const width = Math.min(Math.max(value, 0), 1);
    bar.children[position].setAttribute("x", end);
    bar.children[position].setAttribute("width", width);
    end += width;
  });
};
const fill = (card, weight, total) => {
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
const tell = (card, was, rank) => {
  const climbed = was - rank;
  card.move.className = "move " + (was === undefined ? "new" : climbed > 0 ? "up" : climbed < 0 ? "down" : "");
  card.move.textContent = was === undefined ? "new" : climbed ? `${climbed > 0 ? "up" : "down"} ${Math.abs(climbed)}` : "";
};
