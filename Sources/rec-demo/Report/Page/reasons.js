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
  const card = open.item.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 8;
  const right = card.right + 10;
  style.left = `${Math.max(8, Math.min(right <= room ? right : card.left - 10 - width, room))}px`;
  style.top = `${Math.max(8, Math.min(card.top, innerHeight - height - 8))}px`;
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
document.documentElement.classList.add("scripted");
if ("popover" in HTMLElement.prototype) {
  for (const card of rows.flatMap((row) => row.cards)) {
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
  }
  addEventListener("scroll", () => requestAnimationFrame(place), { capture: true, passive: true });
  addEventListener("resize", place);
}
