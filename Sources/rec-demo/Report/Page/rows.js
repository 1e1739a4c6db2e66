// Rows on the page. A row without products to compare with has no list.

const readRows = () => [...document.querySelectorAll(".row")].map((section) => ({
  title: section.querySelector("h2").textContent,
  count: Number(section.dataset.count),
  list: section.querySelector("ol"),
  nothing: section.querySelector(".nothing"),
  cards: [...section.querySelectorAll(".card")].map((card) => readCard(card.parentElement)),
}));

// The rank of each card that a row shows at a weight.
const ranksOf = (row, weight) => new Map(ranked(row, weight).map(({ card }, rank) => [card, rank]));

// Ranks a row that has a list, marks what moved since the ranks `was`, and tells how many products are new.
const arrange = (row, weight, was) => {
  const entries = ranked(row, weight);
  const shown = new Set(entries.map(({ card }) => card));
  const others = row.cards.filter((card) => !shown.has(card));
  entries.forEach(({ card, score }, rank) => {
    writeScore(card, weight, score);
    writeRank(card, was.get(card), rank);
    card.item.hidden = false;
  });
  for (const card of others) card.item.hidden = true;
  row.nothing.hidden = entries.length > 0;
  const items = [...shown, ...others].map((card) => card.item);
  // Items that are put in anew lose the focus and the reasons that are open.
  if (items.some((item, position) => row.list.children[position] !== item)) row.list.append(...items);
  const added = [...shown].filter((card) => !was.has(card)).length;
  return { title: row.title, shown: shown.size, added };
};
