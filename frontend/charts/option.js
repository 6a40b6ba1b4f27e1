// What an option only names: its colours are names of custom properties, its formats are words, and what names fit below columns depends on the width.
import { pixel } from "./colours.js";

// of months, weeks and days so many have one name below them
const STEPS = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 180, 366];
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const FORMATS = { compact: (n) => COMPACT.format(n).replace("-", "−"), percent: (n) => `${COMPACT.format(n)} %` };

// The option as the library takes it, for a chart so many pixels wide.
export function dressed(option, theme, width) {
  // only what a field called colour holds is a name of one: a customer may be called anything
  const walk = (value) => {
    for (const [name, one] of Object.entries(value ?? {})) {
      if (/color$/i.test(name)) value[name] = Array.isArray(one) ? one.map((one) => theme.colour(one)) : theme.colour(one);
      else if (name === "formatter" && FORMATS[one]) value[name] = FORMATS[one];
      else if (typeof one === "object") walk(one);
    }
  };
  walk(option);
  const font = { fontFamily: theme.font, color: theme.colour("--ink-2"), fontSize: 12 };
  const line = { color: theme.colour("--line") };
  for (const axis of [option.xAxis, option.yAxis].flat()) {
    const words = axis.type === "category";
    const names = words && (axis === option.yAxis ? { width: 130, interval: 0 } : fitting(axis.data, font, width - 68));
    axis.axisLabel = { color: theme.colour("--ink-3"), fontFamily: theme.font, hideOverlap: true, overflow: "truncate", ...names, ...axis.axisLabel };
    axis.axisLine = { show: words, lineStyle: line, ...axis.axisLine };
    axis.axisTick = { show: false };
    axis.splitLine = { show: !words, lineStyle: line, ...axis.splitLine };
  }
  // what a pointer does to marks is ours
  const still = { silent: true, emphasis: { disabled: true } };
  return { animation: false, textStyle: font, ...option, series: option.series.map((one) => ({ ...still, ...one })) };
}

// Names below columns: all of them, broken or slanted where there is little room; of many every so many.
function fitting(names, { fontSize, fontFamily }, room) {
  pixel.font = `${fontSize}px ${fontFamily}`;
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

// What a legend says: the key of the colours, or the series.
export const legend = ({ key, legend, series }) => key ?? (legend ? series.map(({ name, itemStyle }) => ({ name, color: itemStyle.color })) : []);
