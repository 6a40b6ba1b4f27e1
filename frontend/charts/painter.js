// The worker that draws charts, with the library: an option and a size come in, a picture goes out with where its marks are. What the library would
// listen to or set in motion is ours or nothing's: legend, words, and the light on a mark would be a sixth of the whole.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { Colours, pixel } from "./colours.js";
import { band, ground } from "./marks.js";
import { dressed, legend } from "./option.js";
import { framed } from "./picture.js";

echarts.use([BarChart, HeatmapChart, LineChart, GridSimpleComponent, CanvasRenderer]);
echarts.setPlatformAPI({ createCanvas: () => new OffscreenCanvas(1, 1), measureText: (text, font) => ((pixel.font = font), pixel.measureText(text)) });

// of a picture that is saved
const RATIO = 2;
const plates = new Map();
let faces;

// A place to draw in, with the chart last drawn there.
class Plate {
  #canvas = new OffscreenCanvas(1, 1);
  #chart;
  #veils = [];

  constructor(size, ratio) {
    this.#chart = echarts.init(this.#canvas, null, { renderer: "canvas", devicePixelRatio: ratio, ...size });
    // nothing moves by itself
    this.#chart.getZr().setSleepAfterStill(1);
    this.ratio = ratio;
    this.size = size;
  }

  draw({ option: text, size }, colours) {
    if (size.width !== this.size.width || size.height !== this.size.height) this.#chart.resize(size);
    this.size = size;
    const option = dressed(JSON.parse(text), colours, size.width);
    const { says, legend: _, key, faded, ...drawn } = option;
    this.#chart.setOption(drawn, { replaceMerge: ["series", "xAxis", "yAxis"] });
    const found = ground(this.#chart, option);
    this.#veil(faded ?? [], found, colours);
    return { size, ground: found, says, swatches: legend(option) };
  }

  // What is not pressed, over columns and lines alike.
  #veil(faded, found, colours) {
    if (!faded.length && !this.#veils.length) return;
    const zr = this.#chart.getZr();
    const style = { fill: colours.colour("--surface"), opacity: 0.7 };
    this.#veils.forEach((veil) => zr.remove(veil));
    this.#veils = faded.map(([from, to]) => new echarts.graphic.Rect({ shape: band(found, from, to), style, silent: true, z: 50 }));
    this.#veils.forEach((veil) => zr.add(veil));
    zr.refreshImmediately();
  }

  take() {
    return this.#canvas.transferToImageBitmap();
  }

  dispose() {
    this.#chart.dispose();
  }
}

// Drawn once, for nobody to come back to.
function once(order, ratio, colours, then) {
  const plate = new Plate(order.size, ratio);
  try {
    const drawn = plate.draw(order, colours);
    return then(plate.take(), drawn);
  } finally {
    plate.dispose();
  }
}

function draw(order, colours) {
  const { chart, size, ratio } = order;
  let plate = plates.get(chart);
  if (plate?.ratio !== ratio) {
    plate?.dispose();
    plates.set(chart, (plate = new Plate(size, ratio)));
  }
  try {
    const drawn = plate.draw(order, colours);
    return { chart, ...drawn, bitmap: plate.take() };
  } catch (error) {
    // in words: not every error can be sent
    return { chart, failed: String(error?.stack ?? error) };
  }
}

// A worker has none of the page's fonts; one that does not come, or cannot be read, is done without.
const dress = (theme) =>
  (faces ??= Promise.allSettled(
    theme.faces.map(async ({ family, source, weight }) => {
      const face = new FontFace(family, source, { weight });
      fonts.add(face);
      return face.load();
    }),
  ));

const ACTS = {
  async draw({ orders, theme }) {
    await dress(theme);
    const colours = new Colours(theme);
    tell({ drawn: orders.map((order) => draw(order, colours)) });
  },
  print({ orders, theme }) {
    const colours = new Colours(theme);
    const printed = (order) => once(order, order.ratio, colours, (bitmap, { size, swatches }) => ({ chart: order.chart, size, swatches, bitmap }));
    tell({ printed: orders.map(printed) });
  },
  async save({ orders: [order], theme, title, words }) {
    await dress(theme);
    const [name, ...said] = words.split("\n");
    const colours = new Colours(theme);
    const picture = once(order, RATIO, colours, (bitmap, { swatches }) => framed(bitmap, RATIO, swatches, colours, title, said));
    tell({ saved: { name, picture: await picture } });
  },
  gone(chart) {
    plates.get(chart)?.dispose();
    plates.delete(chart);
  },
};

const tell = (words) => postMessage(words, [...(words.drawn ?? []), ...(words.printed ?? [])].flatMap(({ bitmap }) => bitmap ?? []));

// one after another: what is saved is what was drawn before
let turn = Promise.resolve();
onmessage = ({ data }) => {
  for (const [act, of] of Object.entries(data)) turn = turn.then(() => ACTS[act](of)).catch(console.error);
};
