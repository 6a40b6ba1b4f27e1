// Where marks are in a chart: their columns, their rows or, where both count, their cells.
export const isCells = (option) => option?.series[0].type === "heatmap";

const rows = ({ yAxis }) => [yAxis].flat()[0];

// The rectangle from one mark to another.
export function band(chart, option, from, to) {
  const { x, y, width, height } = chart.getModel().getComponent("grid").coordinateSystem.getRect();
  const part = (axis, [first, last], start, size) => (axis.type === "category" ? [start + (size * first) / axis.data.length, (size * (last - first + 1)) / axis.data.length] : [start, size]);
  const cell = isCells(option) && option.series[0].data[to].value;
  const ends = [Math.min(from, to), Math.max(from, to)];
  const [left, wide] = part(option.xAxis, cell ? [cell[0], cell[0]] : ends, x, width);
  const [top, high] = part(rows(option), cell ? [cell[1], cell[1]] : ends, y, height);
  return { x: left, y: top, width: wide, height: high };
}

// The mark of so many under the pointer, anywhere in its row or column; −1 where none is.
export function under(chart, option, marks, { offsetX, offsetY }) {
  const point = [offsetX, offsetY];
  if (!chart.containPixel({ gridIndex: 0 }, point)) return -1;
  const [x, y] = chart.convertFromPixel({ gridIndex: 0 }, point).map(Math.round);
  if (isCells(option)) return option.series[0].data.findIndex(({ value }) => value[0] === x && value[1] === y);
  const at = option.xAxis.type === "category" ? x : y;
  return at >= 0 && at < marks ? at : -1;
}

// The mark above or below, which of cells is that of the same column.
export function beside(option, at, by) {
  const cells = option?.series[0].data ?? [];
  const of = cells[at]?.value;
  if (!isCells(option) || !of) return at + by;
  const found = cells.findIndex(({ value }) => value[0] === of[0] && value[1] === of[1] + by);
  return found < 0 ? at : found;
}
