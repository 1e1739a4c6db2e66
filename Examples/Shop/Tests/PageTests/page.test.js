"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf, names, textOf } = require("./support/files.js");
const { panelPlace } = functionsOf("elements.js");
const { waitOf, parameters, productAddress } = functionsOf("address.js", "requests.js");

const scripts = names().filter((name) => name.endsWith(".js"));

test("a panel is below its button, else above it, and inside the window in any case", () => {
  const view = { width: 1000, height: 800 };
  const panel = { width: 300, height: 400 };
  assert.deepEqual(panelPlace({ left: 50, top: 100, bottom: 140 }, panel, view), { left: 50, top: 146 });
  assert.deepEqual(panelPlace({ left: 900, top: 600, bottom: 640 }, panel, view), { left: 692, top: 194 });
  const high = { width: 300, height: 790 };
  assert.deepEqual(panelPlace({ left: 2, top: 300, bottom: 700 }, high, view), { left: 8, top: 8 });
});

test("a busy shop is asked again after the time that it says, within reason", () => {
  assert.equal(waitOf(503, "3"), 3);
  assert.equal(waitOf(503, null), 2);
  assert.equal(waitOf(429, "0"), 1);
  assert.equal(waitOf(503, "100000"), 30);
  assert.equal(waitOf(503, "Wed, 21 Oct 2026 07:28:00 GMT"), 5);
  assert.equal(waitOf(500, "3"), null);
});

test("identifiers and filters are encoded in the addresses of requests", () => {
  assert.equal(productAddress("a/../b?c", "/similar"), "/products/a%2F..%2Fb%3Fc/similar");
  const filters = new Map([["base colour", ["Navy & Blue", "Red"]]]);
  assert.equal(parameters(filters, { offset: 24 }), "?base+colour=Navy+%26+Blue&base+colour=Red&offset=24");
});

test("the scripts hold together in the order of their names", () => {
  const functions = functionsOf(...scripts.sort().filter((name) => name !== "shop.js"));
  assert.ok(Object.values(functions).every((value) => value !== undefined));
});

test("no text becomes markup, and nothing is styled or called from the markup", () => {
  const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/;
  for (const name of scripts) {
    assert.doesNotMatch(textOf(name), markup, name);
    assert.doesNotMatch(textOf(name), /https?:\/\//, name);
  }
  assert.doesNotMatch(textOf("index.html"), /\s(?:style|on[a-z]+)=|https?:\/\//);
  for (const mark of ["style", "script", "data"]) assert.equal(textOf("index.html").split(`<!--${mark}-->`).length, 2);
});
