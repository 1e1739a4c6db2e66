"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { addressOf, positionIn } = functionsOf("scale.js");

const weights = Array.from({ length: 21 }, (_, step) => step / 20);

test("each weight of the scale has an address that leads back to it", () => {
  weights.forEach((weight, position) => assert.equal(positionIn(addressOf(weight), weights), position));
  assert.equal(addressOf(0.35), "#image-weight=0.35");
});

test("an address names the nearest weight", () => {
  assert.equal(positionIn("#image-weight=0.4321", weights), 9);
  assert.equal(positionIn("#image-weight=1", [0.8]), 0);
});

test("what is no weight leads nowhere", () => {
  for (const address of [
    "", "#", "#image-weight=", "#image-weight=NaN", "#image-weight=2", "#image-weight=-0.5", "#image-weight=.5",
    "#image-weight=0.5x", "#image-weight=1e-1", "#IMAGE-WEIGHT=0.5", "#<img onerror=alert(1)>", "image-weight=0.5",
  ]) {
    assert.equal(positionIn(address, weights), null, address);
  }
});
