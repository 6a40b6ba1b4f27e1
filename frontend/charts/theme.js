// Colours and fonts of the theme the page wears, read once for each.

// What a canvas draws with knows no OKLCH when it mixes colours: one pixel tells any colour in figures it does know.
export const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

class Theme {
  #styles;
  #known = new Map();

  constructor(element) {
    this.#styles = getComputedStyle(element);
    this.font = this.#styles.fontFamily;
  }

  // The colour of a custom property; `--name 40%` is so much of one over the surface.
  colour(name) {
    return this.#known.get(name) ?? this.#known.set(name, this.#read(name)).get(name);
  }

  #read(name) {
    const [property, share] = name.split(" ");
    const plain = this.#styles.getPropertyValue(property) || "gray";
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = share ? `color-mix(in oklab, ${plain} ${share}, ${this.#styles.getPropertyValue("--surface")})` : plain;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
    return `rgba(${r},${g},${b},${a / 255})`;
  }
}

let worn;
// The theme as an element of ours has it.
export const theme = (element) => (worn ??= new Theme(element));

// Runs `then` whenever another theme is worn.
export function onTheme(then) {
  const changed = () => {
    worn = undefined;
    then();
  };
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
