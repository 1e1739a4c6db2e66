"use strict";
const fs = require("node:fs");
const { Element } = require("./element.js");
const { parse } = require("./html.js");

// A page that `rec-demo` wrote, with its script running and a clock that moves when it is told to.
class Page {
  constructor(html, { hash = "", isStill = false, isNarrow = false } = {}) {
    this.root = parse(html);
    this.sections = this.all(".row");
    this.timers = new Map();
    this.listeners = {};
    this.location = { hash };
    const media = { "(prefers-reduced-motion: reduce)": isStill, "(max-width: 46rem)": isNarrow };
    const globals = {
      document: {
        documentElement: Object.assign(this.root.firstElementChild, { clientWidth: 400 }),
        getElementById: (id) => this.find(id),
        querySelectorAll: (selector) => this.all(selector),
      },
      HTMLElement: { prototype: { popover: null } },
      innerHeight: 300,
      location: this.location,
      history: { replaceState: (state, title, address) => { this.location.hash = address; } },
      matchMedia: (query) => ({ matches: media[query] }),
      addEventListener: (type, listener) => { (this.listeners[type] ??= []).push(listener); },
      requestAnimationFrame: (action) => action(),
      setTimeout: (action, delay) => {
        const timer = this.timers.size + 1;
        this.timers.set(timer, { action, delay });
        return timer;
      },
      clearTimeout: (timer) => this.timers.get(timer) && this.timers.set(timer, null),
    };
    const [script] = this.all("script");
    new Function(...Object.keys(globals), script.textContent)(...Object.values(globals));
  }

  // The text of a file in the folder that the Swift test wrote.
  static file(name) { return fs.readFileSync(`${process.env.GALLERY_PAGES}/${name}`, "utf8"); }

  find(id) { return this.root.descendants.find((element) => element.getAttribute("id") === id) ?? null; }
  all(selector) { return this.root.querySelectorAll(selector); }

  get waiting() { return [...this.timers].filter(([, timer]) => timer).sort(([, a], [, b]) => a.delay - b.delay); }

  // Runs what waits, the shortest first.
  wait() {
    for (const [number, timer] of this.waiting) {
      this.timers.set(number, null);
      timer.action();
    }
  }

  slide(position) {
    const slider = this.find("weight");
    slider.value = String(position);
    slider.dispatch("input");
  }

  visit(hash) {
    this.location.hash = hash;
    for (const listener of this.listeners.hashchange ?? []) listener();
  }

  items(row) { return this.sections[row].querySelectorAll(".card").map((card) => card.parentElement); }
  shown(row) { return this.items(row).filter((item) => !item.hidden); }

  // What the rows show, in words and figures.
  get rows() {
    return this.sections.map((section, row) => ({
      nothing: !section.querySelector(".nothing").hidden,
      cards: this.shown(row).map((item) => ({
        id: item.firstElementChild.dataset.id,
        rank: item.querySelector(".rank b").textContent,
        score: item.querySelector(".value b").textContent,
        again: item.querySelector(".score-again").textContent,
        parts: item.querySelectorAll(".parts b").map((part) => part.textContent),
        reasons: item.querySelectorAll(".reasons li").map((reason) => [
          reason.querySelector("span").textContent, reason.querySelector("b").textContent,
        ]),
      })),
    }));
  }
}

exports.Page = Page;
exports.Element = Element;
