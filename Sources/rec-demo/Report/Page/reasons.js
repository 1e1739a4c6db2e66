// The reasons beside a card.
//
// A panel is a popover: nothing can cut it off, Escape and a press elsewhere close it, and without the script its
// button opens it in the middle of the page. Narrow screens show it at the bottom, which the style sheet does.

// Where a panel goes: right of its card, left of it where there is no room, and inside the window in any case.
const panelPlace = (card, panel, view) => {
  const room = view.width - panel.width - 8;
  const right = card.right + 10;
  const left = right <= room ? right : card.left - 10 - panel.width;
  return {
    left: Math.max(8, Math.min(left, room)),
    top: Math.max(8, Math.min(card.top, view.height - panel.height - 8)),
  };
};

// Shows the reasons of the card that is pointed at, pressed or has the focus; returns what hides them.
const followPointer = (rows) => {
  let open = null;
  let isKept = false;
  let timer = 0;
  const narrow = matchMedia("(max-width: 46rem)");
  const place = () => {
    if (!open) return;
    const { style, offsetWidth: width, offsetHeight: height } = open.panel;
    if (narrow.matches) {
      style.left = style.top = "";
      return;
    }
    const view = { width: document.documentElement.clientWidth, height: innerHeight };
    const { left, top } = panelPlace(open.item.getBoundingClientRect(), { width, height }, view);
    style.left = `${left}px`;
    style.top = `${top}px`;
  };
  const show = (card, keep) => {
    clearTimeout(timer);
    if (open !== card) {
      card.panel.showPopover();
      open = card;
    }
    isKept = keep;
    place();
  };
  const hide = () => {
    clearTimeout(timer);
    open?.panel.hidePopover();
  };
  const soon = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const watch = (card) => {
    card.item.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      if (open === card) clearTimeout(timer);
      else soon(() => show(card, false), 140);
    });
    card.item.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !(isKept && open === card)) soon(hide, 180);
    });
    card.why.addEventListener("focus", () => card.why.matches(":focus-visible") && show(card, false));
    card.why.addEventListener("blur", () => open === card && !isKept && hide());
    card.why.addEventListener("click", (event) => {
      event.preventDefault();
      if (open === card && isKept) hide();
      else show(card, true);
    });
    card.panel.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed" && open === card) open = null;
    });
  };

  document.documentElement.classList.add("scripted");
  if ("popover" in HTMLElement.prototype) {
    for (const card of rows.flatMap((row) => row.cards)) watch(card);
    addEventListener("scroll", () => requestAnimationFrame(place), { capture: true, passive: true });
    addEventListener("resize", place);
  }
  return hide;
};
