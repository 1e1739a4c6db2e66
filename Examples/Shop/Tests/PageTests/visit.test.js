"use strict";
const assert = require("node:assert");
const { test } = require("node:test");
const { functionsOf } = require("./support/files.js");
const { emptyVisit, isEmptyVisit, remembered, forgotten, tasteOf, visitOf, becauseOf, MOST_REMEMBERED } =
  functionsOf("wording.js", "visit.js");

const product = (id) => ({ id, title: `Title ${id}`, picture: `/pictures/${id}` });
const made = (...steps) => steps.reduce((visit, [kind, id]) => remembered(visit, kind, product(id)), emptyVisit());
const idsOf = (list) => list.map(({ id }) => id);

test("the newest product comes first, once, and the oldest are let go", () => {
  const visit = made(["liked", "a"], ["liked", "b"], ["liked", "a"]);
  assert.deepEqual(idsOf(visit.liked), ["a", "b"]);
  const many = made(...Array.from({ length: MOST_REMEMBERED + 5 }, (_, number) => ["looked", `${number}`]));
  assert.equal(many.looked.length, MOST_REMEMBERED);
  assert.equal(many.looked[0].id, `${MOST_REMEMBERED + 4}`);
});

test("what is liked is not disliked", () => {
  const visit = made(["liked", "a"], ["disliked", "a"]);
  assert.deepEqual([idsOf(visit.liked), idsOf(visit.disliked)], [[], ["a"]]);
  assert.deepEqual(idsOf(remembered(visit, "liked", product("a")).disliked), []);
});

test("a request counts likes fully, looks a quarter, and leaves out all that was seen", () => {
  const taste = tasteOf(made(["looked", "a"], ["looked", "b"], ["looked", "c"], ["liked", "a"], ["disliked", "b"]));
  assert.deepEqual(taste, {
    likes: [{ id: "a", weight: 1 }, { id: "c", weight: 0.25 }],
    dislikes: [{ id: "b", weight: 1 }],
    seen: ["a", "b", "c"],
  });
});

test("a visit comes back from the text that the browser keeps", () => {
  const visit = made(["looked", "a"], ["liked", "b"], ["liked", "c"], ["disliked", "d"]);
  assert.deepEqual(visitOf(JSON.stringify(visit)), visit);
});

test("a text that is damaged or hostile gives what is good of it", () => {
  const lists = ["7", "[null, 7, {\"id\": 7}, {\"id\": \"\"}]"].map((list) => `{"liked": ${list}}`);
  for (const text of [null, "", "{", "null", "[]", "7", ...lists]) {
    assert.ok(isEmptyVisit(visitOf(text)), text);
  }
  const kept = {
    liked: [{ id: "a", title: 7, picture: "https://elsewhere.example/x" }, { id: "b", picture: "//elsewhere" }],
  };
  assert.deepEqual(visitOf(JSON.stringify(kept)).liked, [
    { id: "a", title: "", picture: null }, { id: "b", title: "", picture: null },
  ]);
  const long = { looked: [...Array(1000).keys()].map((number) => ({ id: `${number}`, title: "x".repeat(1000) })) };
  const { looked } = visitOf(JSON.stringify(long));
  assert.equal(looked.length, MOST_REMEMBERED);
  assert.equal(looked[0].id, "0");
  assert.ok(looked.every(({ title }) => title.length <= 120));
});

test("a product is forgotten", () => {
  const visit = forgotten(made(["liked", "a"], ["looked", "a"]), "liked", "a");
  assert.deepEqual([idsOf(visit.liked), idsOf(visit.looked)], [[], ["a"]]);
});

test("a reason says whether a product is liked or was looked at", () => {
  const visit = made(["looked", "a"], ["looked", "b"], ["liked", "b"]);
  assert.equal(becauseOf(visit, "a"), "because you looked at Title a");
  assert.equal(becauseOf(visit, "b"), "because you like Title b");
  assert.equal(becauseOf(visit, "c"), null);
});
