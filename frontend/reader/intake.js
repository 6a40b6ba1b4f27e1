// <file-intake>: the element around a field for files. It is told what to do by its attributes and tells what came of it in `said`, so that the
// page needs no more than attributes and events. Files dropped on it are taken like chosen ones.
const worker = new Worker(new URL("./reader-worker.js", import.meta.url), { type: "module" });
let turns = 0;

class FileIntake extends HTMLElement {
  static observedAttributes = ["ask"];
  #files = [];
  #mapping = "";
  // there is a mapping, and no file yet
  #waiting = false;
  #turn = 0;

  connectedCallback() {
    this.addEventListener("change", (event) => event.target.type === "file" && this.#take(event.target.files));
    for (const kind of ["dragover", "dragleave", "drop"]) {
      this.addEventListener(kind, (event) => {
        event.preventDefault();
        this.toggleAttribute("over", kind === "dragover");
        if (kind === "drop") this.#take(event.dataTransfer.files);
      });
    }
    worker.addEventListener("message", ({ data }) => {
      if (data.turn !== this.#turn) return;
      if (data.file === undefined) this.#tell("said", data.said);
      else save("rejects.csv", data.file);
    });
    // chosen before this script ran
    const field = this.querySelector("input[type=file]");
    if (field?.files.length) this.#take(field.files);
  }

  attributeChangedCallback(_, __, text) {
    if (!text || !this.#files.length) return;
    const { verb, kind, mapping, zone, only } = JSON.parse(text);
    if (verb === "go on") {
      this.#mapping = "";
      return this.#choose(this.#files.filter(({ name }) => only.includes(name)), false);
    }
    // a list of what was looked at is no other look
    if (verb !== "save") this.#turn = ++turns;
    worker.postMessage({ turn: this.#turn, verb, files: this.#files, kind, mapping: mapping || this.#mapping, zone });
  }

  // A mapping file may be chosen with the others, after them, or before them: then it waits.
  async #take(files) {
    const isMapping = ({ name }) => name.toLowerCase().endsWith(".toml");
    const [mappings, rest] = [[...files].filter(isMapping), [...files].filter((file) => !isMapping(file))];
    if (mappings.length > 1) return this.#say({ wrong: `A file is read by one mapping: choose one of ${mappings.map(({ name }) => name).join(", ")}.` });
    if (!mappings.length && !rest.length) return;
    const waiting = this.#waiting ? this.#mapping : "";
    this.#mapping = (await mappings[0]?.text()) ?? waiting;
    this.#waiting = !rest.length && !this.#files.length;
    if (this.#waiting) return this.#say({ waiting: mappings[0].name });
    this.#choose(rest.length ? rest : this.#files, Boolean(this.#mapping));
  }

  #choose(files, mapping) {
    this.#files = files;
    this.#say({ chosen: { files: files.map(({ name, size }) => ({ name, size })), mapping } });
  }

  #say(words) {
    this.#tell("said", JSON.stringify(words));
  }

  #tell(name, words) {
    this.setAttribute(name, words);
    this.dispatchEvent(new Event("input"));
  }
}

function save(name, text) {
  const href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { download: name, href }).click();
  URL.revokeObjectURL(href);
}

customElements.define("file-intake", FileIntake);
