// What recommendations go by: the products that this visitor likes, dislikes and looked at, each of which can be
// forgotten.

const KINDS_IN_WORDS = { liked: "You like", disliked: "Not for you", looked: "You looked at" };

const makeVisitPanel = (section, visit) => {
  const find = (id) => document.getElementById(id);
  const [forgetAll, bringBack, groups] = [find("forget-all"), find("bring-back"), find("visit-groups")];
  const says = find("forgotten");
  let dropped = null;

  const makeItem = (kind, product) => {
    const item = fromTemplate("visit-item-template");
    const forget = item.firstElementChild;
    const link = makeProductLink(product, "");
    const frame = document.createElement("span");
    frame.className = "picture-frame";
    fillPictureFrame(frame, product, "5rem");
    link.append(frame);
    link.setAttribute("aria-label", titleOf(product));
    link.title = titleOf(product);
    item.prepend(link);
    forget.setAttribute("aria-label", `Forget ${titleOf(product)}`);
    forget.addEventListener("click", () => {
      const position = [...groups.querySelectorAll(".forget")].indexOf(forget);
      visit.current = forgotten(visit.current, kind, product.id);
      const left = [...groups.querySelectorAll(".forget")];
      (left[Math.min(position, left.length - 1)] ?? find("heading")).focus();
    });
    return item;
  };
  const write = () => {
    const { current } = visit;
    const shown = { ...current, looked: glancedAt(current) };
    groups.replaceChildren(...KINDS.filter((kind) => shown[kind].length > 0).map((kind) => {
      const group = fromTemplate("visit-group-template");
      const [heading, list] = group.children;
      heading.textContent = KINDS_IN_WORDS[kind];
      list.append(...shown[kind].map((product) => makeItem(kind, product)));
      return group;
    }));
    if (!isEmptyVisit(current)) dropped = null;
    forgetAll.hidden = isEmptyVisit(current);
    bringBack.hidden = dropped === null;
    says.textContent = dropped === null ? "" : "Your history is cleared.";
  };
  forgetAll.addEventListener("click", () => {
    dropped = visit.current;
    visit.current = emptyVisit();
    bringBack.focus();
  });
  bringBack.addEventListener("click", () => {
    visit.current = dropped;
    forgetAll.focus();
  });
  return {
    show: (isHere) => {
      if (!isHere) dropped = null;
      section.hidden = !isHere || (isEmptyVisit(visit.current) && dropped === null);
      if (isHere) write();
    },
  };
};
