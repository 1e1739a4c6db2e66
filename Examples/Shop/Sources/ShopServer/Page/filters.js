// The filters: a button for each attribute, which opens its values, and a chip for each value that is chosen.

const MOST_VALUES = 100;
const MANY_VALUES = 12;

const makeFilters = (section, facets, changed) => {
  const [bar, chips] = section.children;
  let filters = new Map();
  const menus = facets.map((facet) => makeFacet(facet, (value) => changed(toggled(filters, facet.attribute, value))));
  bar.append(...menus.map((menu) => menu.item));

  const writeChips = () => {
    const entries = [...filters].flatMap(([attribute, values]) => values.map((value) => ({ attribute, value })));
    const items = entries.map(({ attribute, value }, position) => makeChip(
      value, `Remove ${inWords(attribute)} ${value}`, () => {
        changed(toggled(filters, attribute, value));
        focusChip(position);
      },
    ));
    if (entries.length > 1) {
      items.push(makeChip("Clear all", "Clear all filters", () => {
        changed(new Map());
        focusChip(0);
      }));
      items.at(-1).firstElementChild.classList.add("all");
    }
    chips.replaceChildren(...items);
    chips.hidden = items.length === 0;
  };
  // The chip that had the focus is gone: its place has it, or the filters.
  const focusChip = (position) => {
    const buttons = [...chips.querySelectorAll("button")];
    (buttons[Math.min(position, buttons.length - 1)] ?? bar.querySelector("button"))?.focus();
  };

  return {
    show: (state) => {
      filters = state.filters;
      for (const menu of menus) menu.show(filters.get(menu.attribute) ?? []);
      writeChips();
    },
  };
};

const makeChip = (text, label, act) => {
  const item = fromTemplate("chip-template");
  const button = item.firstElementChild;
  button.firstElementChild.textContent = text;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return item;
};

const makeFacet = (facet, toggle) => {
  const item = fromTemplate("facet-template");
  const [button, panel] = item.children;
  const [top, find, list, cut] = panel.children;
  const name = capitalized(inWords(facet.attribute));
  let chosen = [];
  button.firstElementChild.textContent = name;
  panel.setAttribute("aria-label", name);
  top.firstElementChild.textContent = name;
  find.hidden = facet.values.length <= MANY_VALUES;
  find.firstElementChild.textContent = `Search ${inWords(facet.attribute)}`;

  const writeValues = () => {
    const { values, isCut } = foundValues(facet, find.lastElementChild.value, chosen, MOST_VALUES);
    list.replaceChildren(...values.map(({ value, count }) => {
      const row = fromTemplate("value-template");
      const [box, label, number] = row.firstElementChild.children;
      box.checked = chosen.includes(value);
      box.addEventListener("change", () => toggle(value));
      label.textContent = value;
      number.textContent = count.toLocaleString("en");
      return row;
    }));
    const text = isCut ? `Only the first ${MOST_VALUES} are shown. Type to find others.` : "";
    cut.textContent = values.length === 0 ? "No matching values." : text;
  };
  find.lastElementChild.addEventListener("input", writeValues);
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    find.lastElementChild.value = "";
    writeValues();
  });
  opens(button, panel);

  return {
    item,
    attribute: facet.attribute,
    show: (values) => {
      chosen = values;
      button.classList.toggle("chosen", chosen.length > 0);
      button.lastElementChild.previousElementSibling.textContent = chosen.length > 0 ? String(chosen.length) : "";
      for (const row of list.children) {
        const [box, label] = row.firstElementChild.children;
        box.checked = chosen.includes(label.textContent);
      }
    },
  };
};
