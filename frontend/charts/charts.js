// <chart-view>: draws the option in its attribute `option` and tells in `said` what was pressed: { pick: n } for a mark, { brush: [n, m] } for a
// drag over several, { more: n } for a mark that is pressed besides others, with Ctrl, Shift, ⌘ or for long. Marks are the items of the list inside it, in
// the option's order: their words are shown beside the pointer, and the list is what the keyboard and those who listen use; what is disabled in it cannot
// be pressed. Colours are names of custom
// properties, so that a chart follows the theme; `--name 40%` is so much of one over the surface. Legend, words and the light on a mark are our own:
// the library's would be a sixth of the whole.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, HeatmapChart, LineChart, GridSimpleComponent, CanvasRenderer]);

// of months, weeks and days so many have one name below them
const STEPS = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 180, 366];
// a press that lasts so long, in milliseconds, is one besides others
const LONG = 500;
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const FORMATS = { compact: (n) => COMPACT.format(n).replace("-", "−"), percent: (n) => `${COMPACT.format(n)} %` };

// What a canvas draws with knows no OKLCH when it mixes colours: one pixel tells any colour in figures it does know.
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const known = new Map();
function colour(name, styles) {
  const [property, share] = name.split(" ");
  const plain = styles.getPropertyValue(property) || "gray";
  const value = share ? `color-mix(in oklab, ${plain} ${share}, ${styles.getPropertyValue("--surface")})` : plain;
  return known.get(value) ?? known.set(value, read(value)).get(value);
}

function read(value) {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = value;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${a / 255})`;
}

// Words in lines of a width, in the font the pixel has.
const wrapped = (text, width) =>
  text.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    return lines.length && pixel.measureText(longer).width <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);

class ChartView extends HTMLElement {
  static observedAttributes = ["option", "save"];
  #chart;
  #option;
  #place;
  #list;
  #tip;
  #light;
  #veils = [];
  #wide;
  #at = -1;
  #ends = [];

  connectedCallback() {
    this.#place = this.querySelector(".chart__draw");
    this.#list = this.querySelector("[role=listbox]");
    this.#tip = this.querySelector(".chart__tip");
    const size = new ResizeObserver(() => (this.#chart ? this.#resize() : this.#draw()));
    size.observe(this.#place);
    const theme = new MutationObserver(() => this.#draw());
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const redraw = () => this.#draw();
    dark.addEventListener("change", redraw);
    this.#ends = [() => size.disconnect(), () => theme.disconnect(), () => dark.removeEventListener("change", redraw)];
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("focus", () => this.#go(Math.max(this.#at, 0)));
    this.#list.addEventListener("blur", () => this.#leave());
  }

  disconnectedCallback() {
    this.#ends.forEach((end) => end());
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  attributeChangedCallback(name, _, value) {
    if (name === "option") this.#draw();
    else if (value && this.#chart) this.#save(value.replace(/^\d+ /, ""));
  }

  #draw() {
    const text = this.getAttribute("option");
    if (!text || !this.#place?.clientWidth) return;
    if (!this.#chart) this.#begin();
    this.#wide = this.#place.clientWidth;
    const styles = getComputedStyle(this);
    // a chart that fails says so and leaves the others standing
    try {
      this.#option = this.#dressed(JSON.parse(text), styles);
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
    this.#chart = echarts.init(this.#place, null, { renderer: "canvas" });
    const zr = this.#chart.getZr();
    let from, since;
    zr.on("mousedown", (event) => {
      from = this.hasAttribute("brush") ? this.#mark(event) : undefined;
      since = event.event.timeStamp;
    });
    zr.on("mousemove", (event) => {
      const to = this.#mark(event);
      zr.setCursorStyle(this.#may(to) ? "pointer" : "default");
      if (to < 0) this.#leave();
      else this.#show(from >= 0 ? from : to, to, event);
    });
    zr.on("mouseup", (event) => {
      const to = this.#mark(event);
      if (from >= 0 && to >= 0 && to !== from) this.#tell({ brush: [Math.min(from, to), Math.max(from, to)] });
      else this.#press(to, event.event, event.event.timeStamp - since >= LONG);
      from = undefined;
    });
    zr.on("globalout", () => {
      this.#leave();
      from = undefined;
    });
  }

  #resize() {
    this.#chart.resize();
    // what has room below the columns depends on the width
    if (this.#wide === this.#place.clientWidth) this.#veil();
    else this.#draw();
  }

  // What is not pressed, over columns and lines alike.
  #veil() {
    const zr = this.#chart.getZr();
    const style = { fill: colour("--surface", getComputedStyle(this)), opacity: 0.7 };
    this.#veils.forEach((veil) => zr.remove(veil));
    this.#veils = (this.#option.faded ?? []).map(([from, to]) => new echarts.graphic.Rect({ shape: this.#band(from, to), style, silent: true, z: 50 }));
    this.#veils.forEach((veil) => zr.add(veil));
  }

  // What is drawn, for those who listen and in the legend.
  #name(says) {
    this.#place.setAttribute("role", "img");
    this.#place.setAttribute("aria-label", says);
    const legend = this.querySelector(".chart__legend");
    legend.title = this.#option.key ? says : "";
    legend.replaceChildren(
      ...this.#legend().map(({ name, color }) => {
        const item = document.createElement("span");
        item.style.setProperty("--swatch", color);
        item.textContent = name;
        return item;
      }),
    );
    this.#leave();
    // the list's words follow in the same turn
    if (this.#list === document.activeElement) requestAnimationFrame(() => this.#go(Math.min(this.#at, this.#list.children.length - 1)));
  }

  #legend() {
    const { key, legend, series } = this.#option;
    return key ?? (legend ? series.map(({ name, itemStyle }) => ({ name, color: itemStyle.color })) : []);
  }

  // Where some marks are: their columns, their rows or, where both count, a cell.
  #band(from, to) {
    const { x, y, width, height } = this.#chart.getModel().getComponent("grid").coordinateSystem.getRect();
    const { xAxis, series } = this.#option;
    const yAxis = [this.#option.yAxis].flat()[0];
    const part = (axis, [first, last], start, size) => (axis.type === "category" ? [start + (size * first) / axis.data.length, (size * (last - first + 1)) / axis.data.length] : [start, size]);
    const cell = this.#isCells() && series[0].data[to].value;
    const ends = [Math.min(from, to), Math.max(from, to)];
    const [left, wide] = part(xAxis, cell ? [cell[0], cell[0]] : ends, x, width);
    const [top, high] = part(yAxis, cell ? [cell[1], cell[1]] : ends, y, height);
    return { x: left, y: top, width: wide, height: high };
  }

  // A light over marks, and the words of the last of them.
  #show(from, to, at) {
    const zr = this.#chart.getZr();
    const shape = this.#band(from, to);
    if (this.#light) zr.remove(this.#light);
    const style = { fill: colour("--ink", getComputedStyle(this)), opacity: from === to ? 0.06 : 0.12 };
    this.#light = new echarts.graphic.Rect({ shape, style, silent: true, z: 100 });
    zr.add(this.#light);
    const { offsetX, offsetY } = at ?? { offsetX: shape.x + shape.width / 2, offsetY: shape.y + shape.height / 2 };
    this.#tip.textContent = this.#list.children[to]?.textContent ?? "";
    const { clientWidth, clientHeight } = this.#place;
    const within = (start, size, room) => `${Math.max(0, start + size + 12 > room ? start - size - 12 : start + 12)}px`;
    this.#tip.style.left = within(offsetX, this.#tip.offsetWidth, clientWidth);
    this.#tip.style.top = within(offsetY, this.#tip.offsetHeight, clientHeight);
  }

  #leave() {
    if (this.#light) this.#chart.getZr().remove(this.#light);
    this.#light = undefined;
    this.#tip.textContent = "";
  }

  // The mark under the pointer: anywhere in its row or column.
  #mark({ offsetX, offsetY }) {
    const point = [offsetX, offsetY];
    if (!this.#chart.containPixel({ gridIndex: 0 }, point)) return -1;
    const [x, y] = this.#chart.convertFromPixel({ gridIndex: 0 }, point).map(Math.round);
    const { xAxis, series } = this.#option;
    const yAxis = [this.#option.yAxis].flat()[0];
    if (this.#isCells()) {
      return series[0].data.findIndex(({ value }) => value[0] === x && value[1] === y);
    }
    const at = xAxis.type === "category" ? x : y;
    return at >= 0 && at < this.#list.children.length ? at : -1;
  }

  #key(event) {
    const last = this.#list.children.length - 1;
    const [up, down] = [-1, 1].map((by) => this.#beside(by));
    const steps = { ArrowRight: this.#at + 1, ArrowDown: down, ArrowLeft: this.#at - 1, ArrowUp: up, Home: 0, End: last };
    if (event.key in steps) this.#go(Math.min(Math.max(steps[event.key], 0), last));
    else if (event.key === "Enter" || event.key === " ") this.#press(this.#at, event);
    else return;
    event.preventDefault();
  }

  // The mark above or below, which of cells is that of the same column.
  #beside(by) {
    const cells = this.#option?.series[0].data ?? [];
    const of = cells[this.#at]?.value;
    const at = this.#isCells() && of ? cells.findIndex(({ value }) => value[0] === of[0] && value[1] === of[1] + by) : this.#at + by;
    return at < 0 && this.#isCells() ? this.#at : at;
  }

  #isCells() {
    return this.#option?.series[0].type === "heatmap";
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

  #tell(word) {
    this.setAttribute("said", JSON.stringify(word));
    this.dispatchEvent(new Event("input"));
  }

  // Colours, fonts and functions, which the option only names.
  #dressed(option, styles) {
    const named = new Map();
    const of = (name) => named.get(name) ?? named.set(name, colour(name, styles)).get(name);
    // only what a field called colour holds is a name of one: a customer may be called anything
    const walk = (value) => {
      for (const [name, one] of Object.entries(value ?? {})) {
        if (/color$/i.test(name)) value[name] = Array.isArray(one) ? one.map(of) : of(one);
        else if (name === "formatter" && FORMATS[one]) value[name] = FORMATS[one];
        else if (typeof one === "object") walk(one);
      }
    };
    walk(option);
    const font = { fontFamily: styles.fontFamily, color: of("--ink-2"), fontSize: 12 };
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      const words = axis.type === "category";
      axis.axisLabel = { color: of("--ink-3"), fontFamily: styles.fontFamily, hideOverlap: true, overflow: "truncate", ...(words && (axis === option.yAxis ? { width: 130, interval: 0 } : this.#fit(axis.data, font))), ...axis.axisLabel };
      axis.axisLine = { show: words, lineStyle: { color: of("--line") }, ...axis.axisLine };
      axis.axisTick = { show: false };
      axis.splitLine = { show: !words, lineStyle: { color: of("--line") }, ...axis.splitLine };
    }
    return { animation: false, textStyle: font, ...option };
  }

  // Names below columns: all of them, broken or slanted where there is little room; of many every so many.
  #fit(names, { fontSize, fontFamily }) {
    pixel.font = `${fontSize}px ${fontFamily}`;
    const room = this.#place.clientWidth - 68;
    const band = room / names.length;
    const widest = (words) => pixel.measureText(words.reduce((a, b) => (b.length > a.length ? b : a), "")).width;
    const width = widest(names);
    if (names.length <= 8) {
      const broken = widest(names.flatMap((name) => name.split(" "))) < band;
      return { interval: 0, hideOverlap: false, ...(width < band - 8 ? {} : broken ? { width: band - 4, overflow: "break" } : { rotate: 40 }) };
    }
    const step = STEPS.find((step) => step * band >= width + 16) ?? names.length;
    return { interval: (at) => at % step === 0 && (at + 0.5) * band + width / 2 <= room + 12 };
  }

  // The picture with what it shows and the legend above it; the words are the file's name and lines of what it is of.
  #save(words) {
    const [name, ...said] = words.split("\n");
    const [styles, ratio] = [getComputedStyle(this), 2];
    const [ink, quiet, surface] = ["--ink", "--ink-2", "--surface"].map((property) => colour(property, styles));
    const drawn = this.#chart.renderToCanvas({ pixelRatio: ratio, backgroundColor: surface });
    const legend = this.#legend();
    pixel.font = `12px ${styles.fontFamily}`;
    const lines = said.flatMap((text) => wrapped(text, drawn.width / ratio - 24));
    const top = 34 + 17 * lines.length;
    const above = (legend.length ? top + 24 : top) * ratio;
    const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height + above });
    const pen = canvas.getContext("2d");
    pen.fillStyle = surface;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(drawn, 0, above);
    pen.scale(ratio, ratio);
    const write = (text, left, top, font, fill) => {
      Object.assign(pen, { font: `${font} ${styles.fontFamily}`, fillStyle: fill });
      pen.fillText(text, left, top);
      return pen.measureText(text).width;
    };
    write(this.#list.getAttribute("aria-label"), 12, 22, "600 14px", ink);
    lines.forEach((line, at) => write(line, 12, 41 + 17 * at, "12px", quiet));
    legend.reduce((left, { name, color }) => {
      Object.assign(pen, { fillStyle: color, strokeStyle: colour("--edge", styles) });
      pen.fillRect(left, top + 4, 14, 8);
      pen.strokeRect(left, top + 4, 14, 8);
      return left + 38 + write(name, left + 20, top + 12, "12px", quiet);
    }, 12);
    canvas.toBlob((picture) => {
      const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(picture) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }
}

customElements.define("chart-view", ChartView);
