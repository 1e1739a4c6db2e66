// A list of products that grows page by page, with what it says while it waits, when it is empty and when it fails.
//
// A source has `load({ offset, count }, signal)`, which gives `results` and perhaps their `total`; `first`, an answer
// that is there already; `words(total, count)` for the line above; `empty`, the words and the action when there is
// nothing; `last`, the number of products that can be asked for; `automatic`, the number of pages that follow by
// scrolling; and perhaps `answered(results)`, which is called with the first page.

const ATTEMPTS = 4;

const makeList = (place, { pageSize, makeItem, scroller = null }) => {
  const root = fromTemplate("list-template");
  place.append(root);
  const [status, cards, note, foot] = root.children;
  const [noteText, noteButton] = note.children;
  const [progress, more] = foot.children;
  let run = null;
  let action = () => {};

  const sayNote = (text, label, act) => {
    note.hidden = false;
    noteText.textContent = text;
    noteButton.hidden = !label;
    noteButton.textContent = label ?? "";
    action = act ?? (() => {});
  };
  const clearNote = () => {
    note.hidden = true;
    noteText.textContent = "";
  };
  const awaitScrolling = () => {
    watcher.unobserve(foot);
    if (run && !run.isEnded && run.automatic > 0) watcher.observe(foot);
  };

  const take = (mine, { results, total = null }, isByHand) => {
    const fresh = results.filter(({ id }) => !mine.ids.has(id));
    const items = fresh.map((product, position) => makeItem(product, mine.ids.size + position));
    for (const { id } of fresh) mine.ids.add(id);
    if (mine.offset === 0) {
      cards.replaceChildren(...items);
      mine.answered?.(results);
    } else {
      cards.append(...items);
    }
    mine.offset += results.length;
    mine.attempts = 0;
    const isAll = total === null ? results.length < pageSize : mine.offset >= total || results.length === 0;
    mine.isEnded = isAll || mine.offset + pageSize > mine.last;
    more.hidden = mine.isEnded;
    root.removeAttribute("aria-busy");
    clearNote();
    const count = mine.ids.size;
    status.textContent = count === 0 ? "" : mine.words(total, count);
    progress.textContent = count === 0 ? "" : shownInWords(count, total, isAll || !mine.isEnded);
    if (count === 0) sayNote(mine.empty.text, mine.empty.label, mine.empty.act);
    if (isByHand) items[0]?.querySelector("a").focus();
    awaitScrolling();
  };

  const fail = (mine, error) => {
    root.removeAttribute("aria-busy");
    for (const ghost of cards.querySelectorAll(".ghost")) ghost.remove();
    if (mine.offset === 0) {
      cards.replaceChildren();
      status.textContent = progress.textContent = "";
    }
    more.hidden = true;
    watcher.unobserve(foot);
    mine.isUnreachable = error.kind === "unreachable";
    mine.attempts += 1;
    const retry = () => mine === run && next(true);
    if (error.wait === null || error.wait === undefined || mine.attempts >= ATTEMPTS) {
      sayNote(error.message, "Try again", retry);
      return;
    }
    sayNote(`The shop is busy. Trying again in ${counted(error.wait, "second")}.`, "Try now", retry);
    mine.timer = setTimeout(() => mine === run && next(false), error.wait * 1000);
  };

  const next = async (isByHand) => {
    const mine = run;
    if (!mine || mine.isLoading || mine.isEnded) return;
    clearTimeout(mine.timer);
    mine.isLoading = true;
    root.setAttribute("aria-busy", "true");
    if (cards.children.length === 0) cards.append(...Array.from({ length: 8 }, ghost));
    try {
      const answer = await mine.load({ offset: mine.offset, count: pageSize }, mine.controller.signal);
      if (mine === run) take(mine, answer, isByHand);
    } catch (error) {
      if (mine === run) fail(mine, error);
    } finally {
      mine.isLoading = false;
    }
  };

  const ghost = () => {
    const item = document.createElement("li");
    item.className = "card ghost";
    item.setAttribute("aria-hidden", "true");
    return item;
  };

  const stop = () => {
    if (!run) return;
    run.controller.abort();
    clearTimeout(run.timer);
    run = null;
    watcher.unobserve(foot);
  };

  // Shows a source from its start. What was there stays until the answer comes, if it is of the same kind.
  const begin = (source, keeps = false) => {
    stop();
    run = {
      last: 10_000, automatic: 8, ...source,
      controller: new AbortController(), ids: new Set(), offset: 0, attempts: 0, isLoading: false, isEnded: false,
    };
    clearNote();
    more.hidden = true;
    if (!keeps) {
      cards.replaceChildren();
      status.textContent = progress.textContent = "";
    }
    if (source.first) take(run, source.first, false);
    else next(false);
  };

  const clear = () => {
    stop();
    clearNote();
    more.hidden = true;
    cards.replaceChildren();
    status.textContent = progress.textContent = "";
  };

  const watcher = new IntersectionObserver((entries) => {
    if (!run || run.automatic <= 0 || !entries.some((entry) => entry.isIntersecting)) return;
    run.automatic -= 1;
    next(false);
  }, { root: scroller, rootMargin: "600px" });
  more.addEventListener("click", () => {
    run.automatic = 8;
    next(true);
  });
  noteButton.addEventListener("click", () => action());
  addEventListener("online", () => run?.isUnreachable && next(false));
  return { begin, clear, cards };
};
