"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { panelPlace } = functionsOf("reasons.js");

const panel = { width: 200, height: 300 };
const view = { width: 1000, height: 800 };
const card = (left, top) => ({ left, right: left + 150, top });

test("a panel goes right of its card", () => {
  assert.deepEqual(panelPlace(card(100, 50), panel, view), { left: 260, top: 50 });
});

test("it goes left of the card where there is no room on the right", () => {
  assert.deepEqual(panelPlace(card(632, 50), panel, view), { left: 792, top: 50 }, "the last that has room");
  assert.deepEqual(panelPlace(card(633, 50), panel, view), { left: 423, top: 50 });
});

test("it stays inside the window", () => {
  assert.equal(panelPlace(card(100, 700), panel, view).top, 492);
  assert.equal(panelPlace(card(100, -80), panel, view).top, 8);
  assert.equal(panelPlace(card(100, 50), panel, { width: 300, height: 200 }).left, 8);
  assert.equal(panelPlace(card(100, 50), panel, { width: 300, height: 200 }).top, 8);
  assert.equal(panelPlace(card(980, 50), panel, view).left, 770);
  assert.equal(panelPlace(card(1200, 50), panel, view).left, 792);
});
