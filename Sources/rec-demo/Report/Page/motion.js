// Makes a change of the page, and lets the items move from where they were; returns what the change returns.
const animated = (items, change) => {
  const placed = () => items.filter((item) => !item.hidden).map((item) => [item, item.getBoundingClientRect()]);
  const before = new Map(placed());
  for (const item of items) for (const animation of item.getAnimations()) animation.cancel();
  const result = change();
  const timing = { duration: 320, easing: "cubic-bezier(.2, .7, .2, 1)" };
  for (const [item, { left, top }] of placed()) {
    const old = before.get(item);
    if (!old) item.animate([{ opacity: 0, transform: "scale(.92)" }, {}], timing);
    else if (old.left !== left || old.top !== top) {
      item.animate([{ transform: `translate(${old.left - left}px, ${old.top - top}px)` }, {}], timing);
    }
  }
  return result;
};
