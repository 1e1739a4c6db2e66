// Cards of products.

const CARD_SIZES = "(max-width: 40rem) 46vw, (max-width: 60rem) 30vw, 15rem";

// `level` is that of the card's heading; a card that `isScored` shows its score, with `because` among the reasons; one
// that `isJudged` can be put away.
const makeCard = (product, visit, { level, isScored = false, isJudged = false, because = null }) => {
  const item = fromTemplate("card-template");
  const [frame, like, dislike] = item.firstElementChild.children;
  const heading = document.createElement(level);
  heading.append(makeProductLink(product, titleOf(product)));
  fillPictureFrame(frame, product, CARD_SIZES);
  frame.after(heading);
  makeJudgement(like, visit, "liked", product);
  if (isJudged) makeJudgement(dislike, visit, "disliked", product);
  else dislike.remove();
  if (isScored) item.firstElementChild.append(makeScore(product, because));
  return item;
};

const makeProductLink = (product, text) => {
  const link = withText("a", text);
  link.dataset.product = product.id;
  link.href = addressOf({ ...startingState(), product: product.id });
  return link;
};

const JUDGEMENTS = { liked: "Like", disliked: "Not for me:" };

// Makes a button say of a product that it is liked or disliked, or take that back.
const makeJudgement = (button, visit, kind, product) => {
  button.dataset.id = product.id;
  button.dataset.kind = kind;
  button.setAttribute("aria-label", `${JUDGEMENTS[kind]} ${titleOf(product)}`);
  button.setAttribute("aria-pressed", String(hasProduct(visit.current, kind, product.id)));
  button.addEventListener("click", () => judge(visit, kind, product));
};

const judge = (visit, kind, product) => {
  const isSaid = hasProduct(visit.current, kind, product.id);
  visit.current = isSaid ? forgotten(visit.current, kind, product.id) : remembered(visit.current, kind, product);
};

// Shows on every card what is said of its product.
const markCards = (visit) => {
  for (const button of document.querySelectorAll("[data-kind]")) {
    const isSaid = hasProduct(visit.current, button.dataset.kind, button.dataset.id);
    button.setAttribute("aria-pressed", String(isSaid));
  }
};
