// Starts the application: the app shell is drawn upon, a server-rendered page is taken over.
import init, { hydrate, mount } from "./fieldlight.js";

await init({ module_or_path: new URL("./fieldlight_bg.wasm", import.meta.url) });
await (document.body.hasAttribute("data-shell") ? mount() : hydrate());
// from here on presses are answered
requestAnimationFrame(() => performance.mark("ready"));
