"use strict";
const { Element } = require("./element.js");

const VOID = new Set(["meta", "input"]);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: "\"", "#39": "'" };
const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/g;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/y;

const decoded = (text) => text.replace(/&([^;\s]*);?/g, (all, name) => {
  if (!(name in ENTITIES) || !all.endsWith(";")) throw new Error(`the page has the entity ${all}`);
  return ENTITIES[name];
});

// The root of a page. Only HTML as the page has it is read: tags that are closed in order, attributes in double quotes.
exports.parse = (html) => {
  const root = new Element("#document");
  let top = root;
  let position = /^<!DOCTYPE html>/.exec(html)[0].length;
  while (position < html.length) {
    if (html[position] !== "<") {
      const end = html.indexOf("<", position);
      top.append(decoded(html.slice(position, end === -1 ? undefined : end)));
      position = end === -1 ? html.length : end;
      continue;
    }
    TAG.lastIndex = position;
    const match = TAG.exec(html);
    if (!match) throw new Error(`no tag: ${html.slice(position, position + 60)}`);
    const [, isEnd, tag, attributes, isEmpty] = match;
    position = TAG.lastIndex;
    if (isEnd) {
      if (top.tag !== tag) throw new Error(`</${tag}> closes <${top.tag}>`);
      top = top.parentElement;
      continue;
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, decoded(value ?? "")]);
    const element = new Element(tag, Object.fromEntries(pairs));
    top.append(element);
    if (isEmpty || VOID.has(tag)) continue;
    top = element;
    if (tag !== "script" && tag !== "style") continue;
    // Scripts and style sheets end at their first end tag, whatever is in them.
    const end = html.indexOf(`</${tag}`, position);
    element.append(html.slice(position, end));
    position = end;
  }
  if (top !== root) throw new Error(`<${top.tag}> is not closed`);
  return root;
};
