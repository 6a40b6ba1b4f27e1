// Where marks are in a chart: in columns, in rows or, where both count, in cells.

// The ground of a chart as it is drawn: its place in pixels, how many columns and rows it is divided into, and the column and row of each cell.
export function ground(chart, option) {
  const { x, y, width, height } = chart.getModel().getComponent("grid").coordinateSystem.getRect();
  const count = (axis) => (axis.type === "category" ? axis.data.length : undefined);
  const cells = option.series[0].type === "heatmap" ? option.series[0].data.map(({ value }) => value) : undefined;
  return { x, y, width, height, columns: count(option.xAxis), rows: count([option.yAxis].flat()[0]), cells, keyed: Boolean(option.key) };
}

// The rectangle from one mark to another.
export function band({ x, y, width, height, columns, rows, cells }, from, to) {
  const part = (of, [first, last], start, size) => (of ? [start + (size * first) / of, (size * (last - first + 1)) / of] : [start, size]);
  const cell = cells?.[to];
  const ends = [Math.min(from, to), Math.max(from, to)];
  const [left, wide] = part(columns, cell ? [cell[0], cell[0]] : ends, x, width);
  const [top, high] = part(rows, cell ? [cell[1], cell[1]] : ends, y, height);
  return { x: left, y: top, width: wide, height: high };
}

// The mark of so many under the pointer, anywhere in its row or column; −1 where none is.
export function under({ x, y, width, height, columns, rows, cells }, marks, { offsetX, offsetY }) {
  const place = (of, at, size) => Math.min(Math.floor((at / size) * of), of - 1);
  const [left, top] = [offsetX - x, offsetY - y];
  if (left < 0 || top < 0 || left > width || top > height) return -1;
  const [column, row] = [place(columns, left, width), place(rows, top, height)];
  if (cells) return cells.findIndex((cell) => cell[0] === column && cell[1] === row);
  const at = columns ? column : row;
  return at >= 0 && at < marks ? at : -1;
}

// The mark above or below, which of cells is that of the same column.
export function beside(ground, at, by) {
  const of = ground?.cells?.[at];
  if (!of) return at + by;
  const found = ground.cells.findIndex((cell) => cell[0] === of[0] && cell[1] === of[1] + by);
  return found < 0 ? at : found;
}
