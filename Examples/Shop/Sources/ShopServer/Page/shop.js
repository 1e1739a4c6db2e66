// Starts the page, and shows the state that its address has.

const HEADINGS = {
  all: ["Everything", ""],
  "for-you": ["For you", "Chosen from what you like and what you looked at."],
  picture: ["By picture", "Find products that look like your picture."],
};

const startShop = () => {
  const find = (id) => document.getElementById(id);
  const data = JSON.parse(find("data").textContent);
  const { facets, pageSize } = data;
  const attributes = new Set(facets.map((facet) => facet.attribute));
  const read = () => {
    const state = stateOf(location.search, location.hash, attributes);
    return state.view === "picture" && !data.pictureSearch ? { ...state, view: "all" } : state;
  };
  let state = read();
  let picture = null;
  let pictures = 0;
  let shown = null;

  // Goes to a state: as a new entry of the history, or instead of the present one.
  const go = (next, isNewEntry = true) => {
    const address = addressOf(next);
    if (address !== addressOf(state)) history[isNewEntry ? "pushState" : "replaceState"](null, "", address);
    const isOtherList = `${queryOf(next.filters)}` !== `${queryOf(state.filters)}`;
    const isOtherPlace = next.view !== state.view || (isOtherList && state.product !== null);
    state = next;
    show();
    if (!isOtherPlace) return;
    scrollTo(0, 0);
    if (state.product === null) find("heading").focus();
  };

  const visit = followVisit((before) => {
    markCards(visit);
    productView.mark();
    // What is looked at does not shuffle the list that it is looked at in.
    const judged = ({ liked, disliked }) => JSON.stringify([liked, disliked]);
    const isLess = visit.current.looked.length < before.looked.length;
    if (state.view === "for-you" && (isLess || judged(before) !== judged(visit.current))) showList(true);
    visitPanel.show(state.view === "for-you");
  });
  const list = makeList(find("products"), {
    pageSize,
    makeItem: (product) => makeCard(product, visit, {
      level: "h2",
      isScored: product.score !== undefined,
      isJudged: state.view === "for-you",
      because: product.because ? becauseOf(visit.current, product.because) : null,
    }),
  });
  const filters = makeFilters(find("filters"), facets, (chosen) => go({ ...state, filters: chosen }));
  const sliders = makeSliders(find("sliders-place"), { hasVariety: true }, (shares) => {
    go({ ...state, ...shares }, false);
  });
  const visitPanel = makeVisitPanel(find("visit"), visit);
  const picturePanel = data.pictureSearch ? makePicturePanel(find("by-picture"), {
    begun: () => go({ ...state, view: "picture", product: null }),
    found: (blob) => {
      picture = blob;
      pictures += 1;
      showList();
    },
  }) : null;
  const productView = makeProductView(find("product"), {
    visit, facets, pageSize, moved: (change) => go({ ...state, ...change }, "product" in change),
  });

  const noneLeft = () => ({
    text: "No products match these filters. Remove a filter to see more.",
    label: "Clear all filters",
    act: () => go({ ...state, filters: new Map() }),
  });
  const sources = {
    all: () => ({
      load: (page, signal) => ask(`/products${parameters(state.filters, page)}`, { signal }),
      first: state.filters.size === 0 && shown === null ? data.products : null,
      words: (total) => (state.filters.size === 0
        ? counted(total, "product")
        : `${total.toLocaleString("en")} of ${counted(data.products.total, "product")}`),
      empty: state.filters.size > 0 ? noneLeft() : { text: "This shop has no products yet." },
      last: Infinity,
    }),
    "for-you": (taste = tasteOf(visit.current)) => (isEmptyVisit(visit.current) ? null : {
      // All pages go by the same taste.
      load: (page, signal) => askJSON("/recommend", {
        ...taste, ...page, diversity: state.variety, imageWeight: state.pictureWeight,
        where: Object.fromEntries(state.filters), explain: true,
      }, signal),
      words: () => "Best matches first.",
      answered: sliders.fit,
      empty: state.filters.size > 0 ? noneLeft() : { text: "There are no products left that you have not seen." },
      last: state.variety > 0 ? 1000 : 10_000,
    }),
    picture: () => (picture === null ? null : {
      load: (page, signal) => ask(`/search/image${parameters(state.filters, page)}`, {
        method: "POST", headers: { "Content-Type": "image/jpeg" }, body: picture, signal,
      }),
      words: () => "Most similar first.",
      empty: state.filters.size > 0 ? noneLeft() : { text: "No product can be compared with this picture." },
      automatic: 0,
    }),
  };

  // Shows the list of the view, from its start if it is another one or `isAnew`.
  const showList = (isAnew = false) => {
    const more = { all: [], "for-you": [state.pictureWeight, state.variety], picture: [pictures] }[state.view];
    const key = JSON.stringify([state.view, `${queryOf(state.filters)}`, ...more]);
    if (!isAnew && shown?.key === key) return;
    const source = sources[state.view]();
    const isFilled = source !== null;
    sliders.hidden = state.view !== "for-you" || !isFilled;
    find("filters").hidden = !isFilled || facets.length === 0;
    if (isFilled) list.begin(source, shown?.view === state.view);
    else list.clear();
    find("products").hidden = !isFilled;
    find("nothing-yet").hidden = isFilled || state.view !== "for-you";
    shown = { key, view: state.view };
  };
  const show = () => {
    const [heading, lead] = HEADINGS[state.view];
    document.title = state.view === "all" ? "Shop" : `${heading} – Shop`;
    find("heading").textContent = heading;
    find("lead").textContent = lead;
    for (const link of document.querySelectorAll("nav a")) {
      const { view } = link.dataset;
      const isHere = view === state.view;
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      // A view keeps the filters of another; its own link clears them.
      link.href = addressOf({ ...state, view, product: null, filters: isHere ? new Map() : state.filters });
    }
    filters.show(state);
    sliders.show(state);
    visitPanel.show(state.view === "for-you");
    if (picturePanel) picturePanel.hidden = state.view !== "picture";
    showList();
    productView.show(state);
  };

  const follow = () => {
    const isOtherView = read().view !== state.view;
    state = read();
    show();
    if (isOtherView) scrollTo(0, 0);
  };
  const press = (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || link.origin !== location.origin || link.pathname !== "/") return;
    event.preventDefault();
    if (link.className === "skip") return find("main").focus();
    if (link.dataset.product) return go({ ...state, product: link.dataset.product });
    return go(stateOf(link.search, link.hash, attributes));
  };
  document.addEventListener("click", press);
  addEventListener("popstate", follow);
  document.querySelector("nav [data-view=picture]").hidden = !data.pictureSearch;
  show();
};

addEventListener("DOMContentLoaded", startShop);
