"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { Page, Element } = require("./support/page.js");

// Rows of a page at each weight, as the library ranks them; the titles of the rows, some hostile.
const { weights, start, titles, ranks } = JSON.parse(Page.file("expected.json"));
const html = Page.file("gallery.html");
const open = (options) => new Page(html, options);

test("a page shows the ranking of the starting weight, and the slider", () => {
  const page = open();
  assert.deepEqual(page.rows, ranks[start]);
  assert.equal(page.find("tuner").hidden, false);
  assert.equal(page.location.hash, "");
});

test("the slider ranks every row as the library does", () => {
  const page = open();
  for (const position of [...weights.keys(), ...[...weights.keys()].reverse()]) {
    page.slide(position);
    assert.deepEqual(page.rows, ranks[position], `at ${weights[position]}`);
  }
});

test("a card that the starting weight does not show is new, others say how they moved", () => {
  const page = open();
  const idsAt = (position, row) => ranks[position][row].cards.map((card) => card.id);
  page.slide(0);
  titles.forEach((_, row) => {
    const first = idsAt(start, row);
    page.shown(row).forEach((item, rank) => {
      const was = first.indexOf(idsAt(0, row)[rank]);
      const text = was === -1 ? "new" : was > rank ? `up ${was - rank}` : was < rank ? `down ${rank - was}` : "";
      assert.equal(item.querySelector(".move").textContent, text);
      assert.equal(item.querySelector(".move").className.trim(), `move ${text.split(" ")[0]}`.trim());
    });
  });
});

test("bars show the parts end to end", () => {
  const page = open();
  page.slide(10);
  for (const item of page.shown(0)) {
    const [image, attribute] = item.querySelector(".score .bar").children.map((part) => part.attributes);
    const clamped = (text) => Math.max(0, Number(text.replace("−", "-")));
    const parts = item.querySelectorAll(".parts b");
    const texts = Object.fromEntries(parts.map((part) => [part.dataset.of, part.textContent]));
    assert.ok(Math.abs(image.width - clamped(texts.image ?? "0")) <= 0.005 + 1e-9);
    assert.ok(Math.abs(attribute.width - clamped(texts.metadata ?? "0")) <= 0.005 + 1e-9);
    assert.equal(image.x, "0");
    assert.equal(attribute.x, image.width);
  }
});

test("a row says when nothing can be compared at a weight, and one without neighbours always does", () => {
  const page = open();
  const nothing = (position) => ranks[position].map((row) => row.nothing);
  const last = weights.length - 1;
  assert.ok(nothing(start).some((is, row) => !is && nothing(last)[row]), "a row that only attributes can fill");
  assert.ok(titles.some((_, row) => page.items(row).length === 0), "a row without neighbours");
  for (const position of [last, 0, start]) {
    page.slide(position);
    assert.deepEqual(page.rows.map((row) => row.nothing), nothing(position));
  }
});

test("a product without a picture says so, and is ranked by its attributes", () => {
  const page = open();
  page.slide(0);
  const cards = titles.flatMap((_, row) => page.shown(row)).map((item) => item.firstElementChild);
  const bare = cards.filter((card) => card.dataset.image === undefined);
  assert.ok(bare.length > 0 && bare.length < cards.length);
  for (const card of bare) {
    assert.match(card.querySelector(".none").textContent, /No picture/);
    assert.deepEqual(card.querySelectorAll(".parts b").map((part) => part.dataset.of), ["metadata"]);
  }
  for (const card of cards.filter((one) => !bare.includes(one))) {
    assert.match(card.querySelector(".picture").getAttribute("aria-label"), /^Picture of /);
  }
});

test("titles of a catalogue stay text", () => {
  const page = open();
  assert.deepEqual(page.all("h2").map((heading) => heading.textContent), titles);
  assert.equal(page.all("script").length, 1);
  assert.deepEqual(page.all("h2").flatMap((heading) => heading.children), []);
  for (let position = 0; position < weights.length; position += 1) {
    page.slide(position);
    page.wait();
    const text = page.find("change").textContent;
    const named = /most for “(.*)” \(\d+\)\.$/s.exec(text);
    assert.ok(!named || titles.includes(named[1]), text);
    assert.equal(page.find("change").children.length, 0);
  }
});

test("the announcement follows once the slider rests, with the address", () => {
  const page = open();
  page.slide(0);
  page.slide(3);
  assert.match(page.find("change").textContent, /^Move the slider/);
  assert.equal(page.waiting.length, 1, "a slider that moves on puts the announcement off");
  page.wait();
  assert.match(page.find("change").textContent, /rows ranked anew: /);
  assert.equal(page.location.hash, `#image-weight=${weights[3]}`);
  assert.equal(page.find("weight").getAttribute("aria-valuetext"), "picture 15 %, attributes 85 %");
  assert.equal(page.find("image-share").textContent, "15 %");
  assert.equal(page.find("attribute-share").textContent, "85 %");
  assert.equal(page.find("weight").style["--share"], "15%");
});

test("the address sets the slider, when the page opens and later", () => {
  const page = open({ hash: "#image-weight=0.3" });
  assert.deepEqual(page.rows, ranks[6]);
  page.visit("#image-weight=0.9");
  assert.deepEqual(page.rows, ranks[18]);
  page.visit("#image-weight=nothing");
  assert.deepEqual(page.rows, ranks[18]);
});

test("the page starts again", () => {
  const page = open({ hash: "#image-weight=0" });
  const reset = page.find("reset");
  assert.equal(reset.disabled, false);
  reset.dispatch("click");
  page.wait();
  assert.deepEqual(page.rows, ranks[start]);
  assert.equal(page.find("change").textContent, "Ranked as at the start.");
  assert.ok(reset.disabled && page.find("weight").hasFocus);
  assert.equal(page.location.hash, `#image-weight=${weights[start]}`);
});

test("cards move from where they were, unless motion should be reduced", () => {
  const moves = (options) => {
    const page = open(options);
    const before = page.shown(0);
    page.slide(0);
    page.shown(0).forEach((item, rank) => {
      const [animation] = item.getAnimations();
      const was = before.indexOf(item);
      if (options.isStill || was === rank) assert.equal(animation, undefined);
      else if (was === -1) assert.equal(animation.frames[0].opacity, 0);
      else assert.equal(animation.frames[0].transform, `translate(${(was - rank) * Element.boxWidth}px, 0px)`);
    });
    return page.shown(0).filter((item) => item.getAnimations().length > 0).length;
  };
  assert.ok(moves({ isStill: false }) > 0);
  assert.equal(moves({ isStill: true }), 0);
});
