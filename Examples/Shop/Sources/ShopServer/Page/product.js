// A product over the page, with what is like it.

const SHEET_SIZES = "(max-width: 46rem) 92vw, 24rem";

// `moved` is called with what is to change in the state of the page.
const makeProductView = (dialog, { visit, facets, pageSize, moved }) => {
  const find = (selector) => dialog.querySelector(selector);
  const scroller = find(".scroller");
  const [frame, title, attributes, number] = [".picture-frame", "h2", ".attributes", ".id"].map(find);
  const [like, dislike, trouble] = [".buttons .like", ".dislike", ".trouble"].map(find);
  const [within, isWithin] = [find(".within"), find(".within input")];
  const filtered = facets.map((facet) => facet.attribute);
  const placeOf = (attribute) => (filtered.includes(attribute) ? filtered.indexOf(attribute) : filtered.length);
  let product = null;
  let key = null;
  let controller = new AbortController();

  const sliders = makeSliders(find(".alike-sliders"), { hasVariety: false }, moved);
  const alike = makeList(find(".alike-list"), {
    pageSize, scroller, makeItem: (answer) => makeCard(answer, visit, { level: "h4", isScored: true }),
  });

  const valueLink = (attribute, value) => {
    if (!filtered.includes(attribute)) return withText("span", value);
    const link = withText("a", value);
    link.href = addressOf({ ...startingState(), filters: new Map([[attribute, [value]]]) });
    return link;
  };
  const writeTitle = () => { document.title = `${titleOf(product)} – Shop`; };
  const write = () => {
    title.textContent = titleOf(product);
    writeTitle();
    number.textContent = `No. ${product.id}`;
    // In the order of the filters, and what is no filter behind them.
    const entries = Object.entries(product.attributes ?? {})
      .sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
    attributes.replaceChildren(...entries.map(([attribute, values]) => {
      const row = document.createElement("div");
      const value = document.createElement("dd");
      value.append(...values.map((one) => valueLink(attribute, one)));
      row.append(withText("dt", capitalized(inWords(attribute))), value);
      return row;
    }));
  };
  const mark = () => {
    if (!product) return;
    like.setAttribute("aria-pressed", String(hasProduct(visit.current, "liked", product.id)));
    dislike.setAttribute("aria-pressed", String(hasProduct(visit.current, "disliked", product.id)));
  };

  // Shows what is known of a product, asks for the rest, and remembers that it was looked at.
  const load = async (id) => {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    product = { id, title: "", picture: null };
    title.textContent = "";
    number.textContent = trouble.textContent = "";
    attributes.replaceChildren();
    frame.replaceChildren();
    dialog.classList.remove("lost");
    scroller.scrollTop = 0;
    mark();
    try {
      const answer = await ask(productAddress(id), { signal });
      if (signal.aborted) return;
      product = answer;
      write();
      fillPictureFrame(frame, product, SHEET_SIZES, `Picture of ${titleOf(product)}`);
      visit.current = remembered(visit.current, "looked", product);
    } catch (error) {
      if (signal.aborted) return;
      dialog.classList.add("lost");
      title.textContent = "This product cannot be shown";
      trouble.textContent = error.message;
    }
  };
  const loadAlike = (state, keeps) => alike.begin({
    load: (page, signal) => ask(productAddress(state.product, `/similar${parameters(
      state.isWithinFilters ? state.filters : new Map(),
      { ...page, imageWeight: state.pictureWeight, explain: true },
    )}`), { signal }),
    words: () => "Most similar first.",
    answered: sliders.fit,
    empty: { text: "No product can be compared with this one." },
    automatic: 3,
  }, keeps);

  const show = (state) => {
    if (state.product === null) {
      if (dialog.open) dialog.close();
      return;
    }
    const isOther = !dialog.open || product?.id !== state.product;
    if (!dialog.open) dialog.showModal();
    if (isOther) {
      load(state.product);
      title.focus();
    } else {
      writeTitle();
    }
    sliders.show(state);
    within.hidden = state.filters.size === 0;
    within.lastElementChild.textContent = `Only ${filtersInWords(state.filters)}`;
    isWithin.checked = state.isWithinFilters;
    const filters = state.isWithinFilters ? `${queryOf(state.filters)}` : "";
    const next = JSON.stringify([state.product, state.pictureWeight, filters]);
    if (next !== key) loadAlike(state, !isOther);
    key = next;
  };
  find(".again button").addEventListener("click", () => {
    const { id } = product;
    product = key = null;
    moved({ product: id });
  });
  like.addEventListener("click", () => judge(visit, "liked", product));
  dislike.addEventListener("click", () => judge(visit, "disliked", product));
  isWithin.addEventListener("change", () => moved({ isWithinFilters: isWithin.checked }));
  find(".close").addEventListener("click", () => dialog.close());
  // A press beside the sheet.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    if (dialog.open) return;
    controller.abort();
    alike.clear();
    product = key = null;
    moved({ product: null });
    // What had the focus before may be gone.
    if (document.activeElement === document.body) document.getElementById("heading").focus();
  });
  return { show, mark };
};
