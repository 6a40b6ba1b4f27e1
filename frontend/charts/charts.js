// <chart-view>: draws the option in its attribute `option` and tells in `said` what was pressed: { pick: n } for a mark, { brush: [n, m] } for a
// drag over several, { more: n } for a mark that is pressed besides others, with Ctrl, Shift, ⌘ or for long. Marks are the items of the list inside it, in
// the option's order: their words are shown beside the pointer, and the list is what the keyboard and those who listen use; what is disabled in it cannot
// be pressed. Legend, words and the light on a mark are our own: the library's would be a sixth of the whole.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { band, beside, under } from "./marks.js";
import { dressed, legend } from "./option.js";
import { save } from "./picture.js";
import { point } from "./pointer.js";
import { onTheme, theme } from "./theme.js";
import { never, now, soon } from "./turns.js";

echarts.use([BarChart, HeatmapChart, LineChart, GridSimpleComponent, CanvasRenderer]);

const views = new Set();
// at once: paper does not wait for a frame
onTheme(() => views.forEach((view) => view.draw()));

class ChartView extends HTMLElement {
  static observedAttributes = ["option", "save"];
  #chart;
  #option;
  #place;
  #list;
  #tip;
  #light;
  #veils = [];
  #key = "";
  // of the place it is drawn in, as the browser last said: to ask would lay the page out anew
  #size = { width: 0, height: 0 };
  #wide;
  #at = -1;
  #observer;

  get isNew() {
    return !this.#chart;
  }

  connectedCallback() {
    this.#place = this.querySelector(".chart__draw");
    this.#list = this.querySelector("[role=listbox]");
    this.#tip = this.querySelector(".chart__tip");
    this.#observer = new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect));
    this.#observer.observe(this.#place);
    this.#list.addEventListener("keydown", (event) => this.#keyed(event));
    this.#list.addEventListener("focus", () => this.#go(Math.max(this.#at, 0)));
    this.#list.addEventListener("blur", () => this.#leave());
    views.add(this);
  }

  disconnectedCallback() {
    views.delete(this);
    never(this);
    this.#observer.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  attributeChangedCallback(name, _, value) {
    if (name === "option") soon(this);
    else if (value) this.#save(value.replace(/^\d+ /, ""));
  }

  draw() {
    const text = this.getAttribute("option");
    if (!text || !this.#size.width || !this.isConnected) return;
    if (!this.#chart) this.#begin();
    this.#leave();
    this.#wide = this.#size.width;
    // a chart that fails says so and leaves the others standing
    try {
      this.#option = dressed(JSON.parse(text), theme(this), this.#wide);
      const { says, legend, key, faded, ...drawn } = this.#option;
      this.#chart.setOption(drawn, { replaceMerge: ["series", "xAxis", "yAxis"] });
      this.#veil();
      this.#name(says);
      this.removeAttribute("failed");
    } catch (error) {
      this.setAttribute("failed", "");
      console.error(error);
    }
    performance.mark("chart", { detail: this.id });
  }

  #begin() {
    this.#chart = echarts.init(this.#place, null, { renderer: "canvas", ...this.#size });
    const zr = this.#chart.getZr();
    // nothing moves by itself
    zr.setSleepAfterStill(1);
    // the pointer is ours: the library would lay the page out for every event of it
    zr.handler.setHandlerProxy({ dispose() {} });
    point(this.#place, {
      at: (event) => under(this.#chart, this.#option, this.#list.children.length, event),
      may: (at) => this.#may(at),
      brushes: () => this.hasAttribute("brush"),
      show: (from, to, event) => this.#show(from, to, event),
      leave: () => this.#leave(),
      brush: (from, to) => this.#tell({ brush: [from, to] }),
      press: (at, event, long) => this.#press(at, event, long),
    });
  }

  #resize({ width, height }) {
    this.#size = { width, height };
    if (!this.#chart) return soon(this);
    this.#chart.resize(this.#size);
    // what has room below the columns depends on the width
    if (this.#wide === width) this.#veil();
    else soon(this);
  }

  // What is not pressed, over columns and lines alike.
  #veil() {
    const zr = this.#chart.getZr();
    const style = { fill: theme(this).colour("--surface"), opacity: 0.7 };
    this.#veils.forEach((veil) => zr.remove(veil));
    this.#veils = (this.#option.faded ?? []).map(([from, to]) => new echarts.graphic.Rect({ shape: band(this.#chart, this.#option, from, to), style, silent: true, z: 50 }));
    this.#veils.forEach((veil) => zr.add(veil));
  }

  // What is drawn, for those who listen and in the legend.
  #name(says) {
    this.#place.setAttribute("role", "img");
    this.#place.setAttribute("aria-label", says);
    const swatches = legend(this.#option);
    const key = JSON.stringify([swatches, says]);
    if (key !== this.#key) {
      const place = this.querySelector(".chart__legend");
      place.title = this.#option.key ? says : "";
      place.replaceChildren(...swatches.map(swatch));
      this.#key = key;
    }
    // the list's words follow in the same turn
    if (this.#list === document.activeElement) requestAnimationFrame(() => this.#go(Math.min(this.#at, this.#list.children.length - 1)));
  }

  // A light over marks, and the words of the last of them.
  #show(from, to, at) {
    const zr = this.#chart.getZr();
    const shape = band(this.#chart, this.#option, from, to);
    if (this.#light) zr.remove(this.#light);
    const style = { fill: theme(this).colour("--ink"), opacity: from === to ? 0.06 : 0.12 };
    this.#light = new echarts.graphic.Rect({ shape, style, silent: true, z: 100 });
    zr.add(this.#light);
    const { offsetX, offsetY } = at ?? { offsetX: shape.x + shape.width / 2, offsetY: shape.y + shape.height / 2 };
    this.#tip.textContent = this.#list.children[to]?.textContent ?? "";
    const within = (start, size, room) => `${Math.max(0, start + size + 12 > room ? start - size - 12 : start + 12)}px`;
    const { offsetWidth, offsetHeight } = this.#tip;
    this.#tip.style.left = within(offsetX, offsetWidth, this.#size.width);
    this.#tip.style.top = within(offsetY, offsetHeight, this.#size.height);
  }

  #leave() {
    if (!this.#light) return;
    this.#chart.getZr().remove(this.#light);
    this.#light = undefined;
    this.#tip.textContent = "";
  }

  #keyed(event) {
    const last = this.#list.children.length - 1;
    const [up, down] = [-1, 1].map((by) => beside(this.#option, this.#at, by));
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
    if (this.#chart) this.#show(at, at);
  }

  // once the pointer's own events are over: between them the page would be laid out again for what changes
  #tell(word) {
    setTimeout(() => {
      this.setAttribute("said", JSON.stringify(word));
      this.dispatchEvent(new Event("input"));
    });
  }

  #save(words) {
    now(this);
    if (this.#chart) save(this.#chart, this.#option, theme(this), this.#list.getAttribute("aria-label"), words);
  }
}

function swatch({ name, color }) {
  const item = document.createElement("span");
  item.style.setProperty("--swatch", color);
  item.textContent = name;
  return item;
}

customElements.define("chart-view", ChartView);
