// Finds text without contrast, things without names, controls too small for a finger, and what sticks out of the page.
(() => {
  const findings = [];
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const describe = (element) => `<${element.localName} class="${element.className.baseVal ?? element.className}"> `
    + `“${element.textContent.trim().slice(0, 40)}”`;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colorOf = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, below) => [0, 1, 2].map((part) => top[part] * top[3] + below[part] * (1 - top[3])).concat(1);
  const backgroundOf = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const layer = colorOf(getComputedStyle(one).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    const paper = colorOf(getComputedStyle(document.body).backgroundColor);
    return layers.reduceRight((below, top) => over(top, below), paper);
  };
  const luminance = (color) => color.slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const modal = document.querySelector("dialog:modal");
  const root = modal ?? document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let texts = 0;
  let least = Infinity;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !visible(element) || element.closest(".unseen, :disabled")) continue;
    if (["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    const contrast = ratio(over(colorOf(style.color), background), background);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    texts += 1;
    least = Math.min(least, contrast);
    if (contrast < (isLarge ? 3 : 4.5)) findings.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
  }

  const CONTROLS = "a[href], button, input, select, textarea, [tabindex]:not([tabindex='-1'])";
  for (const control of root.querySelectorAll(CONTROLS)) {
    if (!visible(control) || control.disabled || control.closest(".unseen")) continue;
    const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
    const isInText = control.localName === "a" && control.closest("p, dd, h2, h4");
    if (!isInText && (width < 24 || height < 24)) findings.push(`${width}x${height}: ${describe(control)}`);
    if (width > document.documentElement.clientWidth) findings.push(`wide: ${describe(control)}`);
  }
  for (const picture of root.querySelectorAll("img")) {
    if (visible(picture) && picture.getAttribute("alt") === null) findings.push("a picture without alt");
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, position) => ids.indexOf(id) !== position);
  if (twice.length > 0) findings.push(`identifiers that are there twice: ${twice}`);
  const levels = [...root.querySelectorAll("h1, h2, h3, h4")].filter(visible).map(({ tagName }) => Number(tagName[1]));
  levels.forEach((level, position) => {
    const before = levels[position - 1] ?? level;
    if (level > before + 1) findings.push(`heading ${level} after ${before}`);
  });
  if (!modal && levels.filter((level) => level === 1).length !== 1) findings.push(`${levels} as headings`);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) findings.push(`the page is ${wide} wider than the window`);
  return { findings, texts, least };
})()
