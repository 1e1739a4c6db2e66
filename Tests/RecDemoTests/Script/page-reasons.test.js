"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { Page } = require("./support/page.js");

const html = Page.file("gallery.html");
const open = (options) => new Page(html, options);
const panelOf = (item) => item.querySelector(".reasons");

test("reasons open beside the card that is pointed at, and close when the pointer leaves", () => {
  const page = open();
  const [item, other] = page.shown(0);
  const panel = panelOf(item);
  item.dispatch("pointerenter", { pointerType: "mouse" });
  assert.ok(!panel.isOpen);
  page.wait();
  assert.ok(panel.isOpen);
  assert.deepEqual([panel.style.left, panel.style.top], ["110px", "8px"]);
  other.dispatch("pointerenter", { pointerType: "mouse" });
  page.wait();
  assert.ok(!panel.isOpen && panelOf(other).isOpen);
  other.dispatch("pointerleave", { pointerType: "mouse" });
  page.wait();
  assert.deepEqual(page.all(".reasons").filter((one) => one.isOpen), []);
});

test("a press keeps reasons open; another press, and another weight, close them", () => {
  const page = open({ isNarrow: true });
  const [item] = page.shown(0);
  const [why, panel] = [item.querySelector(".why"), panelOf(item)];
  why.dispatch("click");
  item.dispatch("pointerleave", { pointerType: "mouse" });
  why.dispatch("blur");
  page.wait();
  assert.ok(panel.isOpen);
  assert.equal(panel.style.left, "", "the style sheet places it on a narrow screen");
  why.dispatch("click");
  assert.ok(!panel.isOpen);
  why.dispatch("click");
  page.slide(2);
  assert.ok(!panel.isOpen);
});

test("reasons open for the keyboard, and not for a finger that only touches", () => {
  const page = open();
  const [item] = page.shown(0);
  const [why, panel] = [item.querySelector(".why"), panelOf(item)];
  item.dispatch("pointerenter", { pointerType: "touch" });
  page.wait();
  assert.ok(!panel.isOpen);
  why.focus();
  assert.ok(panel.isOpen);
  why.blur();
  assert.ok(!panel.isOpen);
});

test("a page with one block has no slider, and its reasons open", () => {
  const page = new Page(Page.file("one-block.html"), { hash: "#image-weight=0.5" });
  assert.equal(page.find("tuner"), null);
  const [item] = page.shown(0);
  item.querySelector(".why").dispatch("click");
  assert.ok(panelOf(item).isOpen);
});
