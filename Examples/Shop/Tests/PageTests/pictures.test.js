"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { sourcesOf, sourceOf, fitted, isSentAsItIs } = functionsOf("pictures.js");

test("a picture comes in three widths, whatever its address has already", () => {
  assert.equal(sourceOf("/pictures/7", 320), "/pictures/7?width=320");
  assert.equal(
    sourcesOf("/pictures/7?v=a"),
    "/pictures/7?v=a&width=160 160w, /pictures/7?v=a&width=320 320w, /pictures/7?v=a&width=640 640w",
  );
});

test("a large picture keeps its shape and gets a longer side of so many pixels", () => {
  assert.deepEqual(fitted(4000, 3000, 1024), { width: 1024, height: 768 });
  assert.deepEqual(fitted(300, 400, 1024), { width: 300, height: 400 });
  assert.deepEqual(fitted(1, 100_000, 1024), { width: 1, height: 1024 });
});

test("a JPEG that needs no scaling goes as it is", () => {
  assert.ok(isSentAsItIs({ type: "image/jpeg", size: 90_000 }, 1024, 768));
  assert.ok(!isSentAsItIs({ type: "image/jpeg", size: 90_000 }, 1025, 768));
  assert.ok(!isSentAsItIs({ type: "image/jpeg", size: 9_000_000 }, 1024, 768));
  assert.ok(!isSentAsItIs({ type: "image/png", size: 90_000 }, 100, 100));
});
