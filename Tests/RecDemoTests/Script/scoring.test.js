"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { score, shares, partsOf, ranked } = functionsOf("scoring.js");

const card = (image, metadata, order = 0) => ({ image, metadata, order });

test("a score is the weighted mean of the cosines", () => {
  assert.equal(score(card(0.5, 0.75), 0.5), 0.625);
  assert.equal(score(card(0.5, 0.75), 1), 0.5);
  assert.equal(score(card(0.5, -0.75), 0), -0.75);
});

test("a block that one side lacks does not count", () => {
  assert.equal(score(card(null, 0.75), 0.9), 0.75);
  assert.equal(score(card(0.5, null), 0.1), 0.5);
  assert.deepEqual(shares(card(null, 0.75), 0.9), { image: 0, metadata: 1 });
});

test("without a block that counts there is no score", () => {
  assert.equal(score(card(null, null), 0.5), null);
  assert.equal(score(card(null, 0.75), 1), null);
  assert.equal(score(card(0.5, null), 0), null);
});

test("parts add up to the score", () => {
  const one = card(0.5, -0.25);
  assert.deepEqual(partsOf(one, shares(one, 0.75)), { image: 0.375, metadata: -0.0625 });
  assert.equal(score(one, 0.75), 0.3125);
});

test("cards are ranked by score, those of one score by order, up to the count of the row", () => {
  const cards = [card(0.5, 0.5, 3), card(null, null, 0), card(0.25, 0.75, 1), card(0.75, 0.75, 2), card(0.5, 0.5, 4)];
  const orders = (weight, count) => ranked({ count, cards }, weight).map((entry) => entry.card.order);
  assert.deepEqual(orders(0.5, 9), [2, 1, 3, 4]);
  assert.deepEqual(orders(1, 3), [2, 3, 4]);
  assert.deepEqual(orders(0, 2), [1, 2]);
  assert.deepEqual(ranked({ count: 8, cards: [] }, 0.5), []);
});
