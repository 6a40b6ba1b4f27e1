// Loads an area of the application. Its file is one wasm module that carries the parts it shares with other areas in sections of its own: one
// request instead of dozens, and compressed as a whole.
const begun = new Map();

// A failure is forgotten, so that the next call tries again.
function once(key, make) {
  if (!begun.has(key)) {
    begun.set(key, make());
    begun.get(key).catch(() => begun.delete(key));
  }
  return begun.get(key);
}

// Instantiates an area, and of its parts those that no area brought before.
export function load(area, imports) {
  return once(area, async () => {
    const own = await WebAssembly.compileStreaming(fetch(new URL(`./split_${area}.wasm`, import.meta.url)));
    const parts = WebAssembly.Module.customSections(own, "part").map((section) => {
      const number = new DataView(section).getUint16(0, true);
      return once(number, () => WebAssembly.instantiate(new Uint8Array(section, 2), imports));
    });
    await Promise.all(parts);
    return WebAssembly.instantiate(own, imports);
  });
}
