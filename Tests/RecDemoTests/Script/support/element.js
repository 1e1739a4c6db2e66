"use strict";

// An element with as much of the DOM as the page's script uses. Boxes stand side by side, in the order of their list.
class Element {
  static boxWidth = 100;

  constructor(tag, attributes = {}) {
    Object.assign(this, { tag, attributes, nodes: [], parentElement: null, listeners: {}, animations: [] });
    this.value = this.defaultValue = attributes.value;
    this.disabled = "disabled" in attributes;
    this.hasFocus = this.isOpen = false;
    this.offsetWidth = 80;
    this.offsetHeight = 60;
    this.style = { setProperty(name, value) { this[name] = value; } };
  }

  get children() { return this.nodes.filter((node) => node instanceof Element); }
  get firstElementChild() { return this.children[0] ?? null; }
  get descendants() {
    const found = [];
    const collect = (element) => element.children.forEach((child) => { found.push(child); collect(child); });
    collect(this);
    return found;
  }
  get textContent() { return this.nodes.map((node) => (node instanceof Element ? node.textContent : node)).join(""); }
  set textContent(text) { this.nodes = [String(text)]; }
  get className() { return this.attributes.class ?? ""; }
  set className(names) { this.attributes.class = names; }
  get hidden() { return "hidden" in this.attributes; }
  set hidden(isHidden) {
    if (isHidden) this.attributes.hidden = "";
    else delete this.attributes.hidden;
  }
  get dataset() {
    const entries = Object.entries(this.attributes).filter(([name]) => name.startsWith("data-"));
    return Object.fromEntries(entries.map(([name, value]) => [name.slice("data-".length), value]));
  }
  get classList() {
    const names = this.className.split(" ").filter(Boolean);
    return {
      contains: (name) => names.includes(name),
      add: (name) => { this.className = [...names, name].join(" "); },
    };
  }
  getAttribute(name) { return this.attributes[name] ?? null; }
  setAttribute(name, value) { this.attributes[name] = String(value); }

  append(...nodes) {
    for (const node of nodes) {
      if (node instanceof Element) {
        if (node.parentElement) node.parentElement.nodes.splice(node.parentElement.nodes.indexOf(node), 1);
        node.parentElement = this;
      }
      this.nodes.push(node);
    }
  }

  // Selectors are names of elements and classes, such as `li` or `.card`, and such below such.
  matches(selector) {
    if (selector === ":focus-visible") return this.hasFocus;
    const [last, ...above] = selector.split(" ").reverse();
    const isIt = last.startsWith(".") ? this.classList.contains(last.slice(1)) : this.tag === last;
    if (!isIt) return false;
    if (above.length === 0) return true;
    const outer = above.reverse().join(" ");
    for (let one = this.parentElement; one; one = one.parentElement) if (one.matches(outer)) return true;
    return false;
  }
  querySelectorAll(selector) { return this.descendants.filter((element) => element.matches(selector)); }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }

  addEventListener(type, listener) { (this.listeners[type] ??= []).push(listener); }
  dispatch(type, event = {}) {
    for (const listener of this.listeners[type] ?? []) listener({ preventDefault() {}, ...event });
  }
  focus() {
    this.hasFocus = true;
    this.dispatch("focus");
  }
  blur() {
    this.hasFocus = false;
    this.dispatch("blur");
  }
  showPopover() {
    // Only one popover is open at a time.
    let root = this;
    while (root.parentElement) root = root.parentElement;
    for (const other of root.descendants.filter((element) => element.isOpen)) other.hidePopover();
    this.isOpen = true;
  }
  hidePopover() {
    this.dispatch("beforetoggle", { newState: "closed" });
    this.isOpen = false;
  }

  getBoundingClientRect() {
    const siblings = this.parentElement?.children.filter((element) => !element.hidden) ?? [];
    const left = siblings.indexOf(this) * Element.boxWidth;
    return { left, right: left + Element.boxWidth, top: 0, bottom: 50 };
  }
  getAnimations() { return this.animations; }
  animate(frames, timing) { this.animations.push({ frames, timing, cancel: () => { this.animations = []; } }); }
}

exports.Element = Element;
