// A chart as a picture of its own, with what it is of in words above it.
import { pixel } from "./colours.js";

// Words in lines of a width, in the font the pixel has.
const wrapped = (text, width) =>
  text.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    return lines.length && pixel.measureText(longer).width <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);

// The file of a picture that was drawn at a ratio, below its title and what is said of it.
export function framed(drawn, ratio, swatches, theme, title, said) {
  const [ink, quiet, surface, edge] = ["--ink", "--ink-2", "--surface", "--edge"].map((property) => theme.colour(property));
  pixel.font = `12px ${theme.font}`;
  const lines = said.flatMap((text) => wrapped(text, drawn.width / ratio - 24));
  const top = 34 + 17 * lines.length;
  const above = (swatches.length ? top + 24 : top) * ratio;
  const canvas = new OffscreenCanvas(drawn.width, drawn.height + above);
  const pen = canvas.getContext("2d");
  pen.fillStyle = surface;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, above);
  pen.scale(ratio, ratio);
  const write = (text, left, top, font, fill) => {
    Object.assign(pen, { font: `${font} ${theme.font}`, fillStyle: fill });
    pen.fillText(text, left, top);
    return pen.measureText(text).width;
  };
  write(title, 12, 22, "600 14px", ink);
  lines.forEach((line, at) => write(line, 12, 41 + 17 * at, "12px", quiet));
  swatches.reduce((left, { name, color }) => {
    Object.assign(pen, { fillStyle: color, strokeStyle: edge });
    pen.fillRect(left, top + 4, 14, 8);
    pen.strokeRect(left, top + 4, 14, 8);
    return left + 38 + write(name, left + 20, top + 12, "12px", quiet);
  }, 12);
  return canvas.convertToBlob();
}
