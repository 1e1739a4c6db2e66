// Ranks the rows at the weight of the slider or of the page's address. A page with one block has no slider.
const followSlider = (rows, hideReasons) => {
  const find = (id) => document.getElementById(id);
  const slider = find("weight");
  if (!slider) return;
  const weights = slider.dataset.weights.split(" ").map(Number);
  const start = Number(slider.defaultValue);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const filled = rows.filter((row) => row.list).map((row) => ({ row, was: ranksOf(row, weights[start]) }));
  let current = start;
  let announcement = 0;

  const isNear = ({ row }) => {
    const { top, bottom } = row.list.getBoundingClientRect();
    return bottom > -200 && top < innerHeight + 200;
  };
  const rearrange = (weight) => {
    hideReasons();
    const moving = still.matches ? [] : filled.filter(isNear).flatMap(({ row }) => row.cards);
    return animated(
      moving.map((card) => card.item),
      () => filled.map(({ row, was }) => arrange(row, weight, was)),
    );
  };
  const fillTrack = () => slider.style.setProperty("--share", `${(100 * current) / (weights.length - 1)}%`);
  const follow = (position, delay) => {
    current = position;
    const weight = weights[position];
    slider.value = position;
    slider.setAttribute("aria-valuetext", weightsInWords(weight));
    fillTrack();
    find("image-share").textContent = `${percent(weight)} %`;
    find("attribute-share").textContent = `${100 - percent(weight)} %`;
    find("reset").disabled = position === start;
    const changes = rearrange(weight);
    clearTimeout(announcement);
    announcement = setTimeout(() => {
      find("change").textContent = summary(changes, weight, weights[start]);
      // A page inside another may not change its address.
      try { history.replaceState(null, "", addressOf(weight)); } catch { }
    }, delay);
  };
  const followAddress = () => {
    const position = positionIn(location.hash, weights);
    if (position !== null && position !== current) follow(position, 0);
  };

  slider.addEventListener("input", () => Number(slider.value) !== current && follow(Number(slider.value), 350));
  find("reset").addEventListener("click", () => {
    follow(start, 0);
    slider.focus();
  });
  addEventListener("hashchange", followAddress);
  fillTrack();
  find("tuner").hidden = false;
  followAddress();
};
