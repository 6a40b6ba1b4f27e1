// <chart-view>: draws the option in its attribute `option` and tells in `said` what was pressed: { pick: n } for a mark, { brush: [n, m] } for a
// drag over several, { more: n } for a mark that is pressed besides others, with Ctrl, Shift or ⌘. Marks are the items of the list inside it, in the option's order: their words are the tooltips, and the list is what the keyboard
// and those who listen use. Colours are names of custom properties, so that a chart follows the theme.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendPlainComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, HeatmapChart, LineChart, AriaComponent, GridComponent, LegendPlainComponent, TooltipComponent, VisualMapContinuousComponent, CanvasRenderer]);

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const FORMATS = { compact: (n) => COMPACT.format(n).replace("-", "−"), percent: (n) => `${COMPACT.format(n)} %` };

// What a canvas draws with knows no OKLCH when it mixes colours: one pixel tells any colour in figures it does know.
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const known = new Map();
function colour(name, styles) {
  const value = styles.getPropertyValue(name) || "gray";
  return known.get(value) ?? known.set(value, read(value)).get(value);
}

function read(value) {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = value;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${a / 255})`;
}

class ChartView extends HTMLElement {
  static observedAttributes = ["option", "save"];
  #chart;
  #option;
  #place;
  #list;
  #at = -1;
  #ends = [];

  connectedCallback() {
    this.#place = this.querySelector(".chart__draw");
    this.#list = this.querySelector("[role=listbox]");
    const size = new ResizeObserver(() => (this.#chart ? this.#chart.resize() : this.#draw()));
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
    const styles = getComputedStyle(this);
    // a chart that fails says so and leaves the others standing
    try {
      this.#option = this.#dressed(JSON.parse(text), styles);
      this.#chart.setOption(this.#option, { replaceMerge: ["series", "xAxis", "yAxis", "visualMap"] });
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
    let from;
    let veil;
    zr.on("mousedown", (event) => {
      from = this.hasAttribute("brush") ? this.#mark(event) : undefined;
    });
    zr.on("mousemove", (event) => {
      zr.setCursorStyle(this.#mark(event) >= 0 ? "pointer" : "default");
      const to = from >= 0 ? this.#mark(event) : -1;
      if (veil) zr.remove(veil);
      veil = undefined;
      if (to < 0 || to === from) return;
      veil = this.#veil(from, to);
      zr.add(veil);
    });
    zr.on("mouseup", (event) => {
      const to = this.#mark(event);
      if (veil) zr.remove(veil);
      veil = undefined;
      if (from >= 0 && to >= 0 && to !== from) this.#tell({ brush: [Math.min(from, to), Math.max(from, to)] });
      else if (to >= 0) this.#press(to, event.event);
      from = undefined;
    });
    zr.on("globalout", () => {
      if (veil) zr.remove(veil);
      from = veil = undefined;
    });
  }

  // A grey sheet over what is being brushed.
  #veil(from, to) {
    const { x, y, width, height } = this.#chart.getModel().getComponent("grid").coordinateSystem.getRect();
    const count = this.#option.xAxis.data.length;
    const first = Math.min(from, to);
    const shape = { x: x + (width * first) / count, y, width: (width * (Math.abs(to - from) + 1)) / count, height };
    return new echarts.graphic.Rect({ shape, style: { fill: colour("--ink", getComputedStyle(this)), opacity: 0.12 }, silent: true, z: 100 });
  }

  // The mark under the pointer: anywhere in its row or column.
  #mark({ offsetX, offsetY }) {
    const point = [offsetX, offsetY];
    if (!this.#chart.containPixel({ gridIndex: 0 }, point)) return -1;
    const [x, y] = this.#chart.convertFromPixel({ gridIndex: 0 }, point).map(Math.round);
    const { xAxis, series } = this.#option;
    const yAxis = [this.#option.yAxis].flat()[0];
    if (xAxis.type === "category" && yAxis.type === "category") {
      return series[0].data.findIndex((one) => (one.value ?? one)[0] === x && (one.value ?? one)[1] === y);
    }
    const at = xAxis.type === "category" ? x : y;
    return at >= 0 && at < this.#list.children.length ? at : -1;
  }

  #key(event) {
    const last = this.#list.children.length - 1;
    const steps = { ArrowRight: this.#at + 1, ArrowDown: this.#at + 1, ArrowLeft: this.#at - 1, ArrowUp: this.#at - 1, Home: 0, End: last };
    if (event.key in steps) this.#go(Math.min(Math.max(steps[event.key], 0), last));
    else if ((event.key === "Enter" || event.key === " ") && this.#at >= 0) this.#press(this.#at, event);
    else return;
    event.preventDefault();
  }

  #press(at, { ctrlKey, metaKey, shiftKey }) {
    this.#tell(ctrlKey || metaKey || shiftKey ? { more: at } : { pick: at });
  }

  #go(at) {
    const item = this.#list.children[at];
    if (!item) return;
    this.#at = at;
    this.#list.setAttribute("aria-activedescendant", item.id);
    this.#chart?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
  }

  #leave() {
    this.#chart?.dispatchAction({ type: "hideTip" });
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
      axis.axisLabel = { color: of("--ink-3"), fontFamily: styles.fontFamily, hideOverlap: true, overflow: "truncate", ...(words && axis === option.yAxis && { width: 130, interval: 0 }), ...(words && axis === option.xAxis && (axis.data.length <= 8 ? { width: 60, interval: 0 } : { alignMinLabel: "left", alignMaxLabel: "right" })), ...axis.axisLabel };
      axis.axisLine = { show: words, lineStyle: { color: of("--line") }, ...axis.axisLine };
      axis.axisTick = { show: false };
      axis.splitLine = { show: !words, lineStyle: { color: of("--line") }, ...axis.splitLine };
    }
    const words = (params) => {
      const { dataIndex } = [params].flat()[0] ?? {};
      return this.#list.children[dataIndex]?.textContent ?? "";
    };
    option.tooltip = {
      renderMode: "richText",
      confine: true,
      transitionDuration: 0,
      backgroundColor: of("--raised"),
      borderColor: of("--edge"),
      padding: [8, 10],
      textStyle: { ...font, color: of("--ink") },
      axisPointer: { type: "shadow", shadowStyle: { color: of("--ink"), opacity: 0.06 } },
      ...option.tooltip,
      formatter: words,
    };
    return { animation: false, textStyle: font, ...option };
  }

  #save(name) {
    const address = this.#chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("--surface", getComputedStyle(this)) });
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
    const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(new Blob([bytes], { type: "image/png" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

customElements.define("chart-view", ChartView);
