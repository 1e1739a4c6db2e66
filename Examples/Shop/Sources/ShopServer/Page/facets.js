// Filters: functions of values, which need no page.
//
// A facet has an `attribute` and its `values`, each with a `value` and a `count`.

// The values that have a text in them, and those that are chosen in any case; at most so many.
const foundValues = (facet, text, chosen, most) => {
  const wanted = text.trim().toLocaleLowerCase();
  const found = facet.values.filter(({ value }) => value.toLocaleLowerCase().includes(wanted));
  const isChosen = ({ value }) => chosen.includes(value);
  const shown = new Set([...facet.values.filter(isChosen), ...found].slice(0, Math.max(most, chosen.length)));
  return { values: facet.values.filter((value) => shown.has(value)), isCut: found.length > most };
};

// Filters in which one value is chosen, or no longer.
const toggled = (filters, attribute, value) => {
  const values = filters.get(attribute) ?? [];
  const rest = values.filter((other) => other !== value);
  const result = new Map(filters);
  if (rest.length === values.length) result.set(attribute, [...values, value]);
  else if (rest.length > 0) result.set(attribute, rest);
  else result.delete(attribute);
  return result;
};
