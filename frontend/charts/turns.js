// When charts are drawn: all that changed in the next frame, together, so that the page is laid out once for them; those that are new one after another,
// as far as a frame has room.
const ROOM_MS = 12;
const changed = new Set();
let asked = false;

// Draws a chart in the next frame.
export function soon(chart) {
  changed.add(chart);
  ask();
}

// What would be drawn in the next frame is drawn now.
export function now(chart) {
  if (changed.delete(chart)) chart.draw();
}

// A chart that is gone is not drawn.
export const never = (chart) => changed.delete(chart);

function ask() {
  if (!asked) requestAnimationFrame(draw);
  asked = true;
}

function draw() {
  asked = false;
  const began = performance.now();
  for (const chart of [...changed]) {
    if (chart.isNew && performance.now() - began > ROOM_MS) continue;
    changed.delete(chart);
    chart.draw();
  }
  if (changed.size) ask();
}
