const slider = find("weight");
if (!slider) return;
const weights = slider.dataset.weights.split(" ").map(Number);
const start = Number(slider.defaultValue);
const percent = (weight) => Math.round(weight * 100);
const words = (weight) => `picture ${percent(weight)} %, attributes ${100 - percent(weight)} %`;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const first = rows.map((row) => new Map(ranked(row, weights[start]).map(({ card }, rank) => [card, rank])));
let current = start;

const isNear = (row) => {
  const { top, bottom } = row.list.getBoundingClientRect();
  return bottom > -200 && top < innerHeight + 200;
};
const arrange = (row, was, weight) => {
  const entries = ranked(row, weight);
  const shown = new Set(entries.map(({ card }) => card));
  entries.forEach(({ card, score }, rank) => {
    fill(card, weight, score);
    card.rank.textContent = rank + 1;
    tell(card, was.get(card), rank);
    card.item.hidden = false;
  });
  for (const card of row.cards) if (!shown.has(card)) card.item.hidden = true;
  row.nothing.hidden = entries.length > 0;
  const items = [...entries.map(({ card }) => card.item), ...row.cards.filter((card) => !shown.has(card)).map((card) => card.item)];
  if (items.some((item, position) => row.list.children[position] !== item)) row.list.append(...items);
  return entries.filter(({ card }) => !was.has(card)).length;
};
const rearrange = (position) => {
  hide();
  const filled = rows.map((row, index) => ({ row, was: first[index] })).filter(({ row }) => row.list);
  const moving = still.matches ? [] : filled.filter(({ row }) => isNear(row)).flatMap(({ row }) => row.cards);
  const before = new Map(moving.filter(({ item }) => !item.hidden).map(({ item }) => [item, item.getBoundingClientRect()]));
  for (const { item } of moving) for (const animation of item.getAnimations()) animation.cancel();
  const changes = filled.map(({ row, was }) => ({ row, count: arrange(row, was, weights[position]) }));
  const after = moving.filter(({ item }) => !item.hidden).map(({ item }) => [item, item.getBoundingClientRect()]);
  const timing = { duration: 320, easing: "cubic-bezier(.2, .7, .2, 1)" };
  for (const [item, { left, top }] of after) {
    const old = before.get(item);
    if (!old) item.animate([{ opacity: 0, transform: "scale(.92)" }, {}], timing);
    else if (old.left !== left || old.top !== top) {
      item.animate([{ transform: `translate(${old.left - left}px, ${old.top - top}px)` }, {}], timing);
    }
  }
  return changes;
};
const summary = (position, changes) => {
  if (position === start) return "Ranked as at the start.";
  const total = changes.reduce((sum, { row }) => sum + row.list.querySelectorAll(":scope > li:not([hidden])").length, 0);
  const count = changes.reduce((sum, change) => sum + change.count, 0);
  const head = `${changes.length} rows ranked anew: `;
  if (count === 0) return `${head}the same products as at ${words(weights[start])}.`;
  const most = changes.reduce((best, change) => (change.count > best.count ? change : best));
  return `${head}${count} of ${total} products are new, most for “${most.row.title}” (${most.count}).`;
};
let announcement = 0;
const follow = (position, delay) => {
  current = position;
  const weight = weights[position];
  slider.value = position;
  slider.setAttribute("aria-valuetext", words(weight));
  slider.style.setProperty("--share", `${(100 * position) / (weights.length - 1)}%`);
  find("image-share").textContent = `${percent(weight)} %`;
  find("attribute-share").textContent = `${100 - percent(weight)} %`;
  find("reset").disabled = position === start;
  const changes = rearrange(position);
  clearTimeout(announcement);
  announcement = setTimeout(() => {
    find("change").textContent = summary(position, changes);
    // A page inside another may not change its address.
    try { history.replaceState(null, "", `#image-weight=${weight}`); } catch { }
  }, delay);
};
const wanted = () => {
  const match = /^#image-weight=([01](?:\.\d+)?)$/.exec(location.hash);
  if (!match) return null;
  const distance = (weight) => Math.abs(weight - Number(match[1]));
  return weights.reduce((best, weight, position) => (distance(weight) < distance(weights[best]) ? position : best), 0);
};
slider.addEventListener("input", () => Number(slider.value) !== current && follow(Number(slider.value), 350));
find("reset").addEventListener("click", () => { follow(start, 0); slider.focus(); });
addEventListener("hashchange", () => { const position = wanted(); if (position !== null && position !== current) follow(position, 0); });
slider.style.setProperty("--share", `${(100 * start) / (weights.length - 1)}%`);
find("tuner").hidden = false;
const position = wanted();
if (position !== null && position !== start) follow(position, 0);
