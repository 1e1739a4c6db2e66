"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const {
  decimal, inWords, capitalized, titleOf, tellingParts, sidesOf, partsOf, reasonInWords, counted, filtersInWords,
  shownInWords,
} = functionsOf("wording.js");

test("names of attributes become words", () => {
  for (const [name, words] of [
    ["baseColour", "base colour"], ["base_colour", "base colour"], ["base-colour", "base colour"], ["Gender", "gender"],
    ["RAM", "RAM"], ["sizeEU", "size EU"], ["größe", "größe"], ["__", "__"], ["size2Max", "size2 max"],
  ]) assert.equal(inWords(name), words);
  assert.equal(capitalized("base colour"), "Base colour");
  assert.equal(capitalized("élan"), "Élan");
});

test("numbers have two decimals and a true minus", () => {
  for (const [value, text] of [[0, "0.00"], [-0.001, "0.00"], [0.126, "0.13"], [-0.126, "−0.13"], [0.999, "1.00"]]) {
    assert.equal(decimal(value), text);
  }
});

test("a reason names its greatest parts and then the like", () => {
  const parts = { gender: 0.03, image: 0.61, baseColour: 0.12, season: 0, usage: -0.05 };
  assert.equal(
    reasonInWords(parts, "because you like <b>X"),
    "Picture 0.61, base colour 0.12, usage −0.05, because you like <b>X.",
  );
  assert.equal(reasonInWords({ image: 0.004 }, null), "");
  assert.deepEqual(tellingParts(parts).map(([name]) => name), ["image", "baseColour", "usage", "gender"]);
  assert.deepEqual(tellingParts({ b: 0.0301, image: 0.7, a: 0.03 }).map(([name]) => name), ["image", "a", "b"]);
});

test("the two sides of a score add up to it", () => {
  const { image, attributes } = sidesOf({ image: 0.5, gender: 0.25, usage: -0.125 });
  assert.deepEqual([image, attributes], [0.5, 0.125]);
  assert.deepEqual(sidesOf({ gender: 0.25 }), { image: 0, attributes: 0.25 });
});

test("an answer without parts has that of its picture", () => {
  assert.deepEqual(partsOf({ score: 0.9, image: 0.9, metadata: null }), { image: 0.9 });
  assert.deepEqual(partsOf({ score: 0.9, image: null, metadata: 0.9 }), {});
  assert.deepEqual(partsOf({ score: 0.9, image: 1, parts: { image: 0.5, x: 0.4 } }), { image: 0.5, x: 0.4 });
});

test("counts and filters are in words", () => {
  assert.equal(counted(1, "product"), "1 product");
  assert.equal(counted(44446, "product"), "44,446 products");
  assert.equal(filtersInWords(new Map([["gender", ["Men", "Women"]], ["colour", ["Red"]]])), "Men or Women, Red");
  assert.equal(shownInWords(24, null, true), "24 shown");
  assert.equal(shownInWords(10_000, 44_446, false).split(".")[0], "10,000 of 44,446 shown");
  assert.equal(titleOf({ id: "7", title: "" }), "Product 7");
});
