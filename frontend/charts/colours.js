// The colours of a theme in figures: what a canvas draws with knows no OKLCH when it mixes colours; one pixel tells any colour in figures it does know.
export const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

const figures = new Map();

export class Colours {
  #raw;

  constructor({ font, colours }) {
    this.font = font;
    this.#raw = colours;
  }

  // The colour of a custom property; `--name 40%` is so much of one over the surface.
  colour(name) {
    const [property, share] = name.split(" ");
    const plain = this.#raw[property] || "gray";
    const written = share ? `color-mix(in oklab, ${plain} ${share}, ${this.#raw["--surface"]})` : plain;
    return figures.get(written) ?? figures.set(written, read(written)).get(written);
  }
}

function read(colour) {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${a / 255})`;
}
