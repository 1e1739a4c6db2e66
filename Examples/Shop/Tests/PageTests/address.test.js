"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { stateOf, addressOf, startingState } = functionsOf("address.js");

const ATTRIBUTES = new Set(["gender", "base colour", "a&b=c", "__proto__"]);
const read = (address) => {
  const { search, hash } = new URL(address, "http://shop.example");
  return stateOf(search, hash, ATTRIBUTES);
};

test("the start has the plain address", () => {
  assert.equal(addressOf(startingState()), "/");
  assert.deepEqual(read("/"), startingState());
});

test("every state comes back from its address", () => {
  const states = [
    { view: "for-you" },
    { view: "picture", product: "a/b?c#d&e=f %" },
    { product: "15970", pictureWeight: 0, variety: 1, isWithinFilters: true },
    { product: "15970", pictureWeight: 1, variety: 0.05 },
    { filters: new Map([["gender", ["Men", "Women"]], ["base colour", ["Navy Blue", "", "é&+#"]]]) },
    { view: "for-you", filters: new Map([["a&b=c", ["=&"]], ["__proto__", ["x"]]]), pictureWeight: 0.35 },
  ];
  for (const change of states) {
    const state = { ...startingState(), ...change };
    assert.deepEqual(read(addressOf(state)), state, addressOf(state));
  }
});

test("what is no attribute is no filter, and a value is there once", () => {
  const { filters } = read("/?utm_source=mail&gender=Men&gender=Men&offset=7");
  assert.deepEqual([...filters], [["gender", ["Men"]]]);
});

test("nonsense is left out", () => {
  for (const hash of [
    "#view=admin&picture-weight=2&variety=-1", "#picture-weight=NaN&variety=", "#%", "#<img>", "#product=",
  ]) {
    assert.deepEqual(read(`/${hash}`), startingState(), hash);
  }
});

test("shares are those that the sliders have", () => {
  assert.equal(read("/#picture-weight=0.333").pictureWeight, 0.35);
  assert.equal(read("/#variety=0.02").variety, 0);
});
