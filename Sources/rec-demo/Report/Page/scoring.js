// Scores, shares and ranks: functions of numbers, which need no page.
//
// A card has the cosines `image` and `metadata`, null where a side lacks the block, and its `order` among equals.

// A weight of 1 - w, and the sum divided by the weights in use, in this order: the bits of the index.
const score = (card, weight) => {
  let sum = 0;
  let total = 0;
  for (const [cosine, share] of [[card.image, weight], [card.metadata, 1 - weight]]) {
    if (cosine === null || !(share > 0)) continue;
    sum += share * cosine;
    total += share;
  }
  return total > 0 ? sum / total : null;
};

// What each block counts for in the score of a card that has one.
const shares = (card, weight) => {
  const image = card.image === null ? 0 : weight;
  const metadata = card.metadata === null ? 0 : 1 - weight;
  const total = image + metadata;
  return { image: image / total, metadata: metadata / total };
};

// What each block adds to that score.
const partsOf = (card, share) => ({
  image: share.image * (card.image ?? 0),
  metadata: share.metadata * (card.metadata ?? 0),
});

const ranked = (row, weight) => row.cards
  .map((card) => ({ card, score: score(card, weight) }))
  .filter((entry) => entry.score !== null)
  .sort((a, b) => b.score - a.score || a.card.order - b.card.order)
  .slice(0, row.count);
