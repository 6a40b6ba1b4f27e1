// Mouse, pen and finger over the place a chart is drawn in. `on` says which mark is `at` an event and whether it `may` be pressed, and does what follows.
// a press that lasts so long, in milliseconds, is one besides others
const LONG = 500;

export function point(place, on) {
  let from = -1;
  let since;
  const move = (event) => {
    const to = on.at(event);
    place.style.cursor = on.may(to) ? "pointer" : "default";
    if (to < 0) on.leave();
    else on.show(from >= 0 ? from : to, to, event);
  };
  place.addEventListener("pointermove", move);
  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // a finger was nowhere before
    if (event.pointerType !== "mouse") move(event);
    since = event.timeStamp;
    from = on.brushes() ? on.at(event) : -1;
    // a drag that leaves the chart ends where it is let go
    if (from >= 0) place.setPointerCapture(event.pointerId);
  });
  place.addEventListener("pointerup", (event) => {
    if (event.button !== 0 || since === undefined) return;
    const to = on.at(event);
    if (from >= 0 && to >= 0 && to !== from) on.brush(Math.min(from, to), Math.max(from, to));
    else on.press(to, event, event.timeStamp - since >= LONG);
    end();
  });
  // the finger scrolls the page
  place.addEventListener("pointercancel", () => {
    on.leave();
    end();
  });
  place.addEventListener("pointerleave", (event) => {
    // a finger is always gone after a press, and its words are still to be read
    if (event.pointerType !== "touch") on.leave();
    end();
  });

  function end() {
    from = -1;
    since = undefined;
  }
}
