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

  get #place() {
    return `/.cube/${this.getAttribute("user")}`;
  }

  // The kept cube of this user and what it is of; whatever others left is thrown away.
  async kept() {
    const cache = await caches.open(CUBES);
    for (const { url } of await cache.keys()) if (!url.endsWith(this.#place)) await cache.delete(url);
    const found = await cache.match(this.#place);
    return found && [new Uint8Array(await found.arrayBuffer()), found.headers.get("x-cube-of")];
  }

  async keep(bytes, of) {
    const cache = await caches.open(CUBES);
    await cache.put(this.#place, new Response(bytes, { headers: { "x-cube-of": of } }));
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
