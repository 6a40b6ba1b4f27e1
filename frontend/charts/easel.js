// Between the charts of the page and the worker that draws them: all that changed goes to it together and comes back together, so that all charts change
// in the same frame.
import { theme } from "./theme.js";

export { onTheme } from "./theme.js";

const worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
// A page that wears another theme than paper has its charts ready for paper too, so long after the last change, in milliseconds: print waits for nobody.
const PAPER = 600;
const changed = new Set();
const known = new Map();
const numbers = new WeakMap();
let last = 0;
let asked = false;
let drawing = false;
let failed;
let later;

const number = (chart) => numbers.get(chart) ?? numbers.set(chart, ++last).get(chart);

worker.onmessage = ({ data: { drawn, printed, saved } }) => {
  if (drawn) {
    drawn.forEach((one) => known.get(one.chart)?.drawn(one));
    drawing = false;
    later = setTimeout(print, PAPER);
    if (changed.size) flush();
  }
  printed?.forEach((one) => known.get(one.chart)?.printed(one));
  if (saved) download(saved);
};
// it could not even be loaded: charts that are drawn later say so too
worker.onerror = () => {
  failed = "the worker that draws charts cannot be loaded";
  drawing = false;
  known.forEach(soon);
};

// Draws a chart once what runs now is over, before the page itself is laid out, and what is being drawn is there.
export function soon(chart) {
  changed.add(chart);
  if (asked || drawing) return;
  queueMicrotask(flush);
  asked = true;
}

// A chart that is gone is not drawn.
export function never(chart) {
  changed.delete(chart);
  known.delete(number(chart));
  worker.postMessage({ gone: number(chart) });
}

// Saves a chart as a picture, as it is now, under the first line of the words; the others are what it is of.
export function save(chart, title, words) {
  flush();
  if (chart.wanted) worker.postMessage({ save: { ...sheets([chart], (chart) => chart), title, words } });
}

function flush() {
  asked = false;
  const charts = [...changed].filter((chart) => chart.wanted);
  changed.clear();
  if (!charts.length) return;
  charts.forEach((chart) => known.set(number(chart), chart));
  if (failed) return charts.forEach((chart) => chart.drawn({ failed }));
  worker.postMessage({ draw: sheets(charts, (chart) => chart) });
  drawing = true;
  clearTimeout(later);
}

// Charts as the worker is to draw them, in what an element of each wears, which is the same for all.
function sheets(charts, wears) {
  let worn;
  const orders = charts.map((chart) => {
    const { option, size } = chart.wanted;
    worn = theme(wears(chart), option);
    return { chart: number(chart), option, size, ratio: devicePixelRatio };
  });
  return { orders, theme: { font: worn.font, faces: worn.faces, colours: worn.colours } };
}

function print() {
  const charts = [...known.values()].filter((chart) => chart.wanted);
  if (charts.some((chart) => theme(chart, "").dark)) worker.postMessage({ print: sheets(charts, (chart) => chart.paper) });
  else charts.forEach((chart) => chart.printed());
}

function download({ name, picture }) {
  const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(picture) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
