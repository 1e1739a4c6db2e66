// What the page shows, and its address: filters stand in the query as the API has them, the rest after the number sign.
// These are functions of values, which need no page.

const VIEWS = ["all", "for-you", "picture"];

// `filters` has the values of each attribute. A product is shown over its view. Shares are from 0 to 1.
const startingState = () => ({
  view: "all", product: null, filters: new Map(), pictureWeight: 0.8, variety: 0, isWithinFilters: false,
});

// The state that an address asks for. What is no attribute of the catalogue is left out.
const stateOf = (query, hash, attributes) => {
  const state = startingState();
  for (const [attribute, value] of new URLSearchParams(query)) {
    if (!attributes.has(attribute)) continue;
    const values = state.filters.get(attribute) ?? [];
    if (!values.includes(value)) state.filters.set(attribute, [...values, value]);
  }
  const rest = new URLSearchParams(hash.replace(/^#/, ""));
  const share = (name, otherwise) => {
    const text = rest.get(name);
    // The sliders have twenty steps.
    return text && Number(text) >= 0 && Number(text) <= 1 ? Math.round(Number(text) * 20) / 20 : otherwise;
  };
  if (VIEWS.includes(rest.get("view"))) state.view = rest.get("view");
  state.product = rest.get("product") || null;
  state.pictureWeight = share("picture-weight", state.pictureWeight);
  state.variety = share("variety", state.variety);
  state.isWithinFilters = rest.get("within") === "filters";
  return state;
};

const queryOf = (filters) => {
  const query = new URLSearchParams();
  for (const [attribute, values] of filters) for (const value of values) query.append(attribute, value);
  return query;
};

// The address of a state, without what is as at the start.
const addressOf = (state) => {
  const start = startingState();
  const hash = new URLSearchParams();
  if (state.view !== start.view) hash.set("view", state.view);
  if (state.product !== null) hash.set("product", state.product);
  if (state.pictureWeight !== start.pictureWeight) hash.set("picture-weight", state.pictureWeight);
  if (state.variety !== start.variety) hash.set("variety", state.variety);
  if (state.isWithinFilters) hash.set("within", "filters");
  const mark = (sign, text) => (text === "" ? "" : sign + text);
  return `/${mark("?", queryOf(state.filters).toString())}${mark("#", hash.toString())}`;
};
