// Starts the application: the app shell is drawn upon, a server-rendered page is taken over.
import init, { hydrate, mount } from "./fieldlight.js";

await init({ module_or_path: new URL("./fieldlight_bg.wasm", import.meta.url) });
if (document.body.hasAttribute("data-shell")) mount();
else hydrate();
