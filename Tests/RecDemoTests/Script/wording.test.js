"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { decimal, signed, weightsInWords, movement, summary } = functionsOf("wording.js");

test("numbers have two decimals and a true minus", () => {
  for (const [value, plain, withSign] of [
    [0, "0.00", "+0.00"], [-0, "0.00", "+0.00"], [0.126, "0.13", "+0.13"], [-0.126, "−0.13", "−0.13"],
    [-0.001, "0.00", "+0.00"], [0.999, "1.00", "+1.00"], [12, "12.00", "+12.00"],
  ]) {
    assert.equal(decimal(value), plain);
    assert.equal(signed(value), withSign);
  }
});

test("weights are percentages that add up to 100", () => {
  assert.equal(weightsInWords(0.35), "picture 35 %, attributes 65 %");
  assert.equal(weightsInWords(1 / 3), "picture 33 %, attributes 67 %");
  assert.equal(weightsInWords(1), "picture 100 %, attributes 0 %");
});

test("a card is new, or says how far it moved", () => {
  assert.deepEqual(movement(undefined, 0), { mark: "new", text: "new" });
  assert.deepEqual(movement(4, 1), { mark: "up", text: "up 3" });
  assert.deepEqual(movement(0, 7), { mark: "down", text: "down 7" });
  assert.deepEqual(movement(2, 2), { mark: "", text: "" });
});

test("the summary counts new products and names the row with the most", () => {
  const changes = [
    { title: "Shirt", shown: 8, added: 1 },
    { title: "<b>“Shoe”", shown: 7, added: 3 },
    { title: "Bag", shown: 8, added: 3 },
  ];
  assert.equal(
    summary(changes, 0.5, 0.8),
    "3 rows ranked anew: 7 of 23 products are new, most for “<b>“Shoe”” (3).",
  );
  assert.equal(
    summary(changes.slice(0, 1), 0.5, 0.8),
    "1 row ranked anew: 1 of 8 products is new, most for “Shirt” (1).",
  );
});

test("the summary says when nothing is new", () => {
  const same = [{ title: "Shirt", shown: 8, added: 0 }];
  assert.equal(summary(same, 0.5, 0.8), "1 row ranked anew: the same products as at picture 80 %, attributes 20 %.");
  assert.equal(summary([], 0.5, 0.8), "0 rows ranked anew: the same products as at picture 80 %, attributes 20 %.");
  assert.equal(summary(same, 0.8, 0.8), "Ranked as at the start.");
});
