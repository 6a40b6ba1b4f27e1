// <live-figures user="…">: tells in `said` when the figures have a new version, for all tabs of this device with one stream: whoever holds the lock
// listens, the others hear it from that one. `ready` when it is there, then `on`, `off`, `figures 12`, and `ended` when the session is over. It also
// keeps the packed cube of this user on the device.
const LOCK = "fieldlight-live";
const CUBES = "cubes";
// The server says something every five seconds.
const SILENCE_MS = 16_000;
const [FIRST_MS, LONGEST_MS] = [400, 30_000];

class LiveFigures extends HTMLElement {
  #over;
  #channel;
  #last;
  #state = "off";

  connectedCallback() {
    this.#over = new AbortController();
    const { signal } = this.#over;
    this.#channel = new BroadcastChannel(LOCK);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    const lead = () => this.#lead(signal);
    // what is given up is given up because the page is left
    if (navigator.locks) navigator.locks.request(LOCK, { signal }, lead).catch(() => {});
    else lead();
    this.#channel.postMessage("where");
    this.#say("ready");
  }

  disconnectedCallback() {
    this.#over.abort();
    this.#channel.close();
  }

  #say(words) {
    this.setAttribute("said", words);
    this.dispatchEvent(new Event("input"));
  }

  #tell(words) {
    this.#note(words);
    this.#channel.postMessage(words);
    this.#say(words);
  }

  #note(words) {
    if (words.startsWith("figures ")) this.#last = words.slice(8);
    else this.#state = words;
  }

  // Another tab: it asks how things are, or tells.
  #hear(words) {
    if (words === "where") {
      if (this.leads && this.#state === "on") this.#channel.postMessage("on");
      return;
    }
    this.#note(words);
    this.#say(words);
  }

  async #lead(signal) {
    this.leads = true;
    let failed = 0;
    while (!signal.aborted) {
      const ended = await this.#listen(signal, () => (failed = 0));
      if (signal.aborted) break;
      if (ended) return this.#tell("ended");
      this.#tell("off");
      await pause(Math.min(FIRST_MS * 2 ** failed++, LONGEST_MS) * (0.75 + Math.random() / 2), signal);
    }
    this.leads = false;
  }

  // Until the stream ends; true when it ended because nobody is signed in any more.
  async #listen(signal, opened) {
    const stop = new AbortController();
    const give_up = () => stop.abort();
    signal.addEventListener("abort", give_up);
    let timer = setTimeout(give_up, SILENCE_MS);
    try {
      const headers = { accept: "text/event-stream", ...(this.#last && { "last-event-id": this.#last }) };
      const answer = await fetch("/api/v1/live", { headers, cache: "no-store", signal: stop.signal });
      if (answer.status === 401) return true;
      if (!answer.ok) return false;
      opened();
      this.#tell("on");
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; ; ) {
        const { done, value } = await reader.read();
        if (done) return false;
        clearTimeout(timer);
        timer = setTimeout(give_up, SILENCE_MS);
        const events = (text + value).split("\n\n");
        text = events.pop();
        for (const event of events) {
          const id = /^id: (\d+)$/m.exec(event);
          if (id) this.#tell(`figures ${id[1]}`);
        }
      }
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", give_up);
    }
  }

  #place(part) {
    return `/.cube/${this.getAttribute("user")}/${part}`;
  }

  // What is kept of this user: the packed cube, what it is of, what stands beside it, when and at which version all of it was known to be all there is,
  // and the updates since in their order; whatever others left is thrown away.
  async kept() {
    const cache = await caches.open(CUBES);
    const mine = this.#place("");
    for (const { url } of await cache.keys()) if (!new URL(url).pathname.startsWith(mine)) await cache.delete(url);
    const found = (part) => cache.match(this.#place(part));
    const bytes = async (answer) => new Uint8Array(await answer.arrayBuffer());
    const [cube, beside] = [await found("cube"), await found("beside")];
    if (!cube || !beside) return;
    const kept = [await bytes(cube), cube.headers.get("x-cube-of"), await beside.text(), beside.headers.get("x-seen")];
    for (let n = 0, update; (update = await found(n)); n++) kept.push(await bytes(update));
    return kept;
  }

  // A whole cube takes the place of all there is.
  async keep(bytes, of) {
    await caches.delete(CUBES);
    await this.#put("cube", bytes, { "x-cube-of": of });
  }

  async add(bytes) {
    const cache = await caches.open(CUBES);
    let n = 0;
    while (await cache.match(this.#place(n))) n++;
    await this.#put(n, bytes);
  }

  // What stands beside the cube, and when all of it was known to be all there is.
  async note(beside, seen) {
    await this.#put("beside", beside, { "x-seen": seen });
    this.#pack().catch(() => {});
  }

  // The files of the area are to be on the device as well, those among them that are loaded later too.
  async #pack() {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const later = ["charts.js", "painter.js", "split_why.wasm"].map((file) => new URL(file, import.meta.url));
    const keep = [...loaded, ...later].map((file) => new URL(file).pathname).filter((path) => path.startsWith("/pkg/"));
    (await navigator.serviceWorker?.ready)?.active?.postMessage({ keep });
  }

  async #put(part, body, headers) {
    await (await caches.open(CUBES)).put(this.#place(part), new Response(body, { headers }));
  }

  forget = () => caches.delete(CUBES);
}

// Over early when the network comes back.
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });

customElements.define("live-figures", LiveFigures);
