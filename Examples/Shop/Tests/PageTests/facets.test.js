"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { foundValues, toggled } = functionsOf("facets.js");

const facet = (attribute, ...values) => ({ attribute, values: values.map((value) => ({ value, count: 1 })) });
const numbered = (attribute, count) => facet(attribute, ...Array.from({ length: count }, (_, number) => `${number}`));

test("values are found by any part of them, in any case", () => {
  const colours = facet("colour", "Navy Blue", "Blue", "Red");
  assert.deepEqual(foundValues(colours, " BLUE ", [], 10).values.map(({ value }) => value), ["Navy Blue", "Blue"]);
  assert.deepEqual(foundValues(colours, "green", [], 10).values, []);
});

test("what is chosen is shown in any case, and in its place", () => {
  const { values, isCut } = foundValues(numbered("size", 300), "", ["299"], 100);
  assert.equal(values.length, 100);
  assert.equal(values.at(-1).value, "299");
  assert.ok(isCut);
  assert.deepEqual(foundValues(facet("colour", "red", "blue"), "red", ["blue"], 10).values.length, 2);
});

test("a value is chosen, and no longer", () => {
  const none = new Map();
  const one = toggled(none, "gender", "Men");
  const two = toggled(one, "gender", "Women");
  assert.deepEqual([...two], [["gender", ["Men", "Women"]]]);
  assert.deepEqual([...toggled(two, "gender", "Men")], [["gender", ["Women"]]]);
  assert.deepEqual([...toggled(one, "gender", "Men")], []);
  assert.equal(none.size, 0);
});
