// Names, numbers and reasons in words: functions of values, which need no page.

const decimal = (value) => {
  const hundredths = Math.round(Math.abs(value) * 100);
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
  return value < 0 && hundredths > 0 ? `−${text}` : text;
};

const percent = (share) => Math.round(share * 100);

const weightInWords = (weight) => `picture ${percent(weight)} %, attributes ${100 - percent(weight)} %`;

const varietyInWords = (variety) => (variety === 0 ? "most alike" : `${percent(variety)} % for variety`);

// `baseColour`, `base_colour` and `base-colour` are "base colour"; what is all capitals stays.
const inWords = (name) => name
  .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
  .split(/[\s_-]+/)
  .filter(Boolean)
  .map((word) => (/\p{Ll}/u.test(word) ? word.toLocaleLowerCase() : word))
  .join(" ") || name;

const capitalized = (text) => text.replace(/^./u, (first) => first.toLocaleUpperCase());

const titleOf = (product) => product.title || `Product ${product.id}`;

const partInWords = (name) => ({ image: "picture", metadata: "attributes" })[name] ?? inWords(name);

// The parts of a score that are not zero when rounded, the greatest first, those that look equal by name.
const tellingParts = (parts) => Object.entries(parts)
  .filter(([, value]) => Math.abs(value) >= 0.005)
  .sort(([a, one], [b, other]) => percent(Math.abs(other)) - percent(Math.abs(one)) || (a < b ? -1 : 1));

// For an answer without parts: the cosines of a search by picture, which has one block.
const partsOf = (answer) => answer.parts ?? (answer.image === null ? {} : { image: answer.score });

// What the picture and what everything else adds to a score.
const sidesOf = (parts) => {
  const image = parts.image ?? 0;
  return { image, attributes: Object.values(parts).reduce((sum, value) => sum + value, 0) - image };
};

const reasonInWords = (parts, because) => {
  const telling = tellingParts(parts).slice(0, 3).map(([name, value]) => `${partInWords(name)} ${decimal(value)}`);
  const text = [...telling, ...(because ? [because] : [])].join(", ");
  return text === "" ? "" : `${capitalized(text)}.`;
};

const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

// How much of a list is shown, and that the rest of it cannot be asked for.
const shownInWords = (count, total, isWhole) => {
  const number = (value) => value.toLocaleString("en");
  const shown = total === null ? `${number(count)} shown` : `${number(count)} of ${number(total)} shown`;
  return isWhole ? shown : `${shown}. Use filters to see the rest.`;
};

const filtersInWords = (filters) => [...filters.values()].map((values) => values.join(" or ")).join(", ");
