// <chart-view>: shows what its property `option` says and tells in its attribute `said` what was pressed: { pick: n } for a mark, { brush: [n, m] } for a
// drag over several, { more: n } for a mark that is pressed besides others, with Ctrl, Shift, ⌘ or for long. The property `marks` has the words of each mark in
// the option's order, and whether it is picked, null where it cannot be. They are the items of the list inside it, which is what the keyboard and those who
// listen use, and the words beside the pointer. The library draws in a worker (painter.js), so that the page hears what is pressed meanwhile; legend, words and the light on a mark are our own.
import { band, beside, under } from "./marks.js";
import { never, onTheme, save, soon } from "./easel.js";
import { point } from "./pointer.js";

const views = new Set();
onTheme(() => views.forEach(soon));

class ChartView extends HTMLElement {
  static observedAttributes = ["save"];
  #option = "";
  #place;
  #list;
  #tip;
  #light;
  #told = "[]";
  #marks = [];
  #canvas;
  #paper;
  // where its marks are, as it was last drawn
  #ground;
  #key = "";
  // of the place it is drawn in, as the browser last said: to ask would lay the page out anew
  #size = { width: 0, height: 0 };
  #at = -1;
  #observer;

  // What is to be drawn, if there is room for it.
  get wanted() {
    return this.#option && this.#size.width && this.isConnected ? { option: this.#option, size: this.#size } : undefined;
  }

  // Properties, for as attributes the page would keep such long texts for its styles.
  set option(text) {
    this.#option = text;
    soon(this);
  }

  set marks(text) {
    this.#told = text;
    if (this.#list) this.#fill();
  }

  // What wears the theme of paper while the page wears another.
  get paper() {
    return (this.#paper ??= this.#sheet("chart__paper"));
  }

  connectedCallback() {
    this.#place = this.querySelector(".chart__draw");
    this.#list = this.querySelector("[role=listbox]");
    this.#tip = this.querySelector(".chart__tip");
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      this.#size = { width: contentRect.width, height: contentRect.height };
      soon(this);
    });
    this.#observer.observe(this.#place);
    this.#fill();
    this.#list.addEventListener("keydown", (event) => this.#keyed(event));
    this.#list.addEventListener("focus", () => this.#go(Math.max(this.#at, 0)));
    this.#list.addEventListener("blur", () => this.#leave());
    views.add(this);
    // what it was told before anybody knew what it is hides what hears it
    for (const name of ["option", "marks"]) {
      if (!Object.hasOwn(this, name)) continue;
      const told = this[name];
      delete this[name];
      this[name] = told;
    }
  }

  disconnectedCallback() {
    views.delete(this);
    never(this);
    this.#observer.disconnect();
    this.#place.replaceChildren();
    this.#canvas = this.#paper = this.#ground = undefined;
  }

  attributeChangedCallback(_, __, value) {
    if (value) save(this, this.#list.getAttribute("aria-label"), value.replace(/^\d+ /, ""));
  }

  // Writes the marks into their list: of hundreds only those that changed, and nobody's place among them is lost.
  #fill() {
    const before = this.#marks;
    this.#marks = JSON.parse(this.#told);
    while (this.#list.children.length > this.#marks.length) this.#list.lastChild.remove();
    this.#marks.forEach(([words, picked], at) => {
      const [said, was] = before[at] ?? [];
      if (said === words && was === picked) return;
      const item = this.#list.children[at] ?? this.#list.appendChild(Object.assign(document.createElement("li"), { id: `${this.id}-${at}`, role: "option", textContent: " " }));
      // a new text in the place of the old one would have the page ask all its styles for what it has within
      item.firstChild.data = words;
      item.ariaSelected = picked?.toString() ?? null;
      item.ariaDisabled = picked === null ? "true" : null;
    });
    this.#stay();
  }

  // A keyboard that came before the marks did stands at the first, and never past the last.
  #stay() {
    if (this.#list === document.activeElement) this.#go(Math.max(0, Math.min(this.#at, this.#list.children.length - 1)));
  }

  // What the worker drew. A chart that fails says so and leaves the others standing.
  drawn({ bitmap, size, ground, says, swatches, failed }) {
    this.toggleAttribute("failed", Boolean(failed));
    if (failed) console.error(failed);
    else {
      if (!this.#canvas) this.#begin();
      lay(this.#canvas, bitmap, size);
      this.#ground = ground;
      this.#leave();
      this.#name(says, swatches, ground.keyed);
    }
    performance.mark("chart", { detail: this.id });
  }

  // The same for paper; without a picture, paper takes the one on screen.
  printed(sheet) {
    if (sheet) lay(this.paper, sheet.bitmap, sheet.size);
    else {
      this.#paper?.remove();
      this.#paper = undefined;
    }
    [...this.querySelector(".chart__legend").children].forEach(({ style }, at) => style.setProperty("--printed", sheet?.swatches[at]?.color ?? ""));
  }

  #sheet(name) {
    return this.#place.appendChild(Object.assign(document.createElement("canvas"), { className: name }));
  }

  #begin() {
    this.#canvas = this.#sheet("chart__canvas");
    const before = this.#light;
    this.#light ??= Object.assign(document.createElement("div"), { className: "chart__light", hidden: true });
    this.#place.append(this.#light);
    // one that comes back is heard already
    if (before) return;
    point(this.#place, {
      at: (event) => under(this.#ground, this.#list.children.length, event),
      may: (at) => this.#may(at),
      brushes: () => this.hasAttribute("brush"),
      show: (from, to, event) => this.#show(from, to, event),
      leave: () => this.#leave(),
      brush: (from, to) => this.#tell({ brush: [from, to] }),
      press: (at, event, long) => this.#press(at, event, long),
    });
  }

  // What is drawn, for those who listen and in the legend.
  #name(says, swatches, keyed) {
    const key = JSON.stringify([swatches, says]);
    if (key !== this.#key) {
      this.#place.setAttribute("role", "img");
      this.#place.setAttribute("aria-label", says);
      const place = this.querySelector(".chart__legend");
      place.title = keyed ? says : "";
      place.replaceChildren(...swatches.map(swatch));
      this.#key = key;
    }
    this.#stay();
  }

  // A light over marks, and the words of the last of them.
  #show(from, to, at) {
    const { x, y, width, height } = band(this.#ground, from, to);
    Object.assign(this.#light.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    this.#light.hidden = false;
    this.#light.toggleAttribute("data-several", from !== to);
    const { offsetX, offsetY } = at ?? { offsetX: x + width / 2, offsetY: y + height / 2 };
    this.#tip.textContent = this.#list.children[to]?.textContent ?? "";
    const within = (start, size, room) => `${Math.max(0, start + size + 12 > room ? start - size - 12 : start + 12)}px`;
    const { offsetWidth, offsetHeight } = this.#tip;
    this.#tip.style.left = within(offsetX, offsetWidth, this.#size.width);
    this.#tip.style.top = within(offsetY, offsetHeight, this.#size.height);
  }

  #leave() {
    if (!this.#light || this.#light.hidden) return;
    this.#light.hidden = true;
    this.#tip.textContent = "";
  }

  #keyed(event) {
    const last = this.#list.children.length - 1;
    const [up, down] = [-1, 1].map((by) => beside(this.#ground, this.#at, by));
    const steps = { ArrowRight: this.#at + 1, ArrowDown: down, ArrowLeft: this.#at - 1, ArrowUp: up, Home: 0, End: last };
    if (event.key in steps) this.#go(Math.min(Math.max(steps[event.key], 0), last));
    else if (event.key === "Enter" || event.key === " ") this.#press(this.#at, event);
    else return;
    event.preventDefault();
  }

  #may(at) {
    return at >= 0 && this.#list.children[at]?.ariaDisabled !== "true";
  }

  #press(at, { ctrlKey, metaKey, shiftKey }, long) {
    if (this.#may(at)) this.#tell(ctrlKey || metaKey || shiftKey || long ? { more: at } : { pick: at });
  }

  #go(at) {
    const item = this.#list.children[at];
    if (!item) return;
    this.#at = at;
    this.#list.setAttribute("aria-activedescendant", item.id);
    if (this.#ground) this.#show(at, at);
  }

  // once the pointer's own events are over: between them the page would be laid out again for what changes
  #tell(word) {
    setTimeout(() => {
      this.#leave();
      this.setAttribute("said", JSON.stringify(word));
      this.dispatchEvent(new Event("input"));
    });
  }
}

// A picture on its sheet, as large as it was drawn for.
function lay(sheet, bitmap, { width, height }) {
  // else paper shows the part of it that a sheet nobody sized would have
  if (sheet.width !== bitmap.width || sheet.height !== bitmap.height) Object.assign(sheet, { width: bitmap.width, height: bitmap.height });
  Object.assign(sheet.style, { width: `${width}px`, height: `${height}px` });
  sheet.getContext("bitmaprenderer").transferFromImageBitmap(bitmap);
}

function swatch({ name, color }) {
  const item = document.createElement("span");
  item.style.setProperty("--swatch", color);
  item.textContent = name;
  return item;
}

customElements.define("chart-view", ChartView);
