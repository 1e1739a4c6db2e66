"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { isWeighed } = functionsOf("sliders.js");

test("the slider is of use where products have both a picture and attributes", () => {
  assert.ok(isWeighed([{ image: null, metadata: 0.5 }, { image: 0, metadata: -0.5 }]));
  assert.ok(!isWeighed([{ image: null, metadata: 0.5 }, { image: null, metadata: 1 }]));
  assert.ok(!isWeighed([{ image: 0.5, metadata: null }]));
  assert.ok(isWeighed([]), "an answer without products may be the slider's doing");
});
