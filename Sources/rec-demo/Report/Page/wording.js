// Numbers and changes in words: functions of values, which need no page.

const decimal = (value) => {
  const hundredths = Math.round(Math.abs(value) * 100);
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
  return value < 0 && hundredths > 0 ? `−${text}` : text;
};

const signed = (value) => decimal(value).replace(/^(?!−)/, "+");

const percent = (weight) => Math.round(weight * 100);

const weightsInWords = (weight) => `picture ${percent(weight)} %, attributes ${100 - percent(weight)} %`;

// How a card moved, from the rank `was`, which is undefined for a card that was not shown.
const movement = (was, rank) => {
  if (was === undefined) return { mark: "new", text: "new" };
  const climbed = was - rank;
  if (climbed === 0) return { mark: "", text: "" };
  const mark = climbed > 0 ? "up" : "down";
  return { mark, text: `${mark} ${Math.abs(climbed)}` };
};

// What another weight changed, where a change has the title of a row, the products it shows, and the new ones of them.
const summary = (changes, weight, startingWeight) => {
  if (weight === startingWeight) return "Ranked as at the start.";
  const shown = changes.reduce((sum, change) => sum + change.shown, 0);
  const added = changes.reduce((sum, change) => sum + change.added, 0);
  const head = `${changes.length} ${changes.length === 1 ? "row" : "rows"} ranked anew: `;
  if (added === 0) return `${head}the same products as at ${weightsInWords(startingWeight)}.`;
  const most = changes.reduce((best, change) => (change.added > best.added ? change : best));
  const verb = added === 1 ? "is" : "are";
  return `${head}${added} of ${shown} products ${verb} new, most for “${most.title}” (${most.added}).`;
};
