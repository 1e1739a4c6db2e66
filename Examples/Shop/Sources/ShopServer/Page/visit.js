// What this visitor likes, dislikes and looked at: values, the newest product first, and where the browser keeps them.

const MOST_REMEMBERED = 40;
const GLANCE = 0.25;
const KINDS = ["liked", "disliked", "looked"];

const emptyVisit = () => ({ liked: [], disliked: [], looked: [] });

const isEmptyVisit = (visit) => KINDS.every((kind) => visit[kind].length === 0);

const hasProduct = (visit, kind, id) => visit[kind].some((product) => product.id === id);

// A visit without a product of a kind.
const forgotten = (visit, kind, id) => ({ ...visit, [kind]: visit[kind].filter((product) => product.id !== id) });

// A visit with a product of a kind. What is liked is not disliked, and the other way round.
const remembered = (visit, kind, { id, title, picture }) => {
  const opposite = { liked: "disliked", disliked: "liked" }[kind];
  const rest = forgotten(opposite ? forgotten(visit, opposite, id) : visit, kind, id);
  const product = { id, title: (title ?? "").slice(0, 120), picture: picture ?? null };
  return { ...rest, [kind]: [product, ...rest[kind]].slice(0, MOST_REMEMBERED) };
};

// The products that were looked at, and of which nothing was said.
const glancedAt = (visit) => visit.looked
  .filter(({ id }) => !hasProduct(visit, "liked", id) && !hasProduct(visit, "disliked", id));

// What a request for recommendations says of a visit. A product that was looked at counts less than one that is liked.
const tasteOf = (visit) => {
  const glanced = glancedAt(visit);
  return {
    likes: [
      ...visit.liked.map(({ id }) => ({ id, weight: 1 })),
      ...glanced.map(({ id }) => ({ id, weight: GLANCE })),
    ],
    dislikes: visit.disliked.map(({ id }) => ({ id, weight: 1 })),
    seen: [...visit.liked, ...visit.disliked, ...glanced].map(({ id }) => id),
  };
};

// The title of a product that recommendations name as their reason.
const becauseOf = (visit, id) => {
  const find = (kind) => visit[kind].find((product) => product.id === id);
  if (find("liked")) return `because you like ${titleOf(find("liked"))}`;
  return find("looked") ? `because you looked at ${titleOf(find("looked"))}` : null;
};

// The visit in a text that the browser kept, whatever has become of it.
const visitOf = (text) => {
  let kept = null;
  try { kept = JSON.parse(text); } catch { }
  const isProduct = (product) => typeof product?.id === "string" && product.id !== "";
  const local = (picture) => (typeof picture === "string" && /^\/(?!\/)/.test(picture) ? picture : null);
  return KINDS.reduce((visit, kind) => {
    const products = Array.isArray(kept?.[kind]) ? kept[kind].filter(isProduct).slice(0, MOST_REMEMBERED) : [];
    return products.reverse().reduce((sum, { id, title, picture }) => remembered(sum, kind, {
      id, title: typeof title === "string" ? title : "", picture: local(picture),
    }), visit);
  }, emptyVisit());
};

// The visit of this browser, which calls `changed` with what it was when it changes here or in another tab.
// A browser that keeps nothing has it until the page is left.
const followVisit = (changed) => {
  const KEY = "visit";
  const read = () => {
    try { return visitOf(localStorage.getItem(KEY)); } catch { return emptyVisit(); }
  };
  let visit = read();
  const become = (next) => {
    const before = visit;
    visit = next;
    changed(before);
  };
  addEventListener("storage", (event) => (event.key === KEY || event.key === null) && become(read()));
  return {
    get current() { return visit; },
    set current(next) {
      try {
        if (isEmptyVisit(next)) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, JSON.stringify(next));
      } catch { }
      become(next);
    },
  };
};
