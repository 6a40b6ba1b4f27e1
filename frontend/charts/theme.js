// Colours and fonts of the theme the page wears, as its sheets write them, read once for each.

// what every chart has, whatever its option names
const ALWAYS = ["--ink", "--ink-2", "--ink-3", "--line", "--edge", "--surface"];

class Theme {
  colours = {};

  constructor(element) {
    const { colorScheme, fontFamily } = getComputedStyle(element);
    this.dark = colorScheme === "dark";
    this.font = fontFamily;
    this.faces = faces(fontFamily);
  }

  // Learns the colours that an option of an element names, as custom properties.
  learn(element, option) {
    const unknown = [...ALWAYS, ...(option.match(/--[\w-]+/g) ?? [])].filter((name) => !(name in this.colours));
    if (!unknown.length) return;
    const styles = getComputedStyle(element);
    for (const name of unknown) this.colours[name] = styles.getPropertyValue(name);
  }
}

// The faces the sheets name for the first of the families: a worker has none of the page's.
function faces(families) {
  const plain = (name) => name.replace(/["']/g, "").trim();
  const first = plain(families.split(",")[0]);
  const within = ({ cssRules }) => [...(cssRules ?? [])].flatMap((rule) => (rule instanceof CSSFontFaceRule ? rule : within(rule)));
  const mine = [...document.styleSheets].flatMap(within).filter(({ style }) => plain(style.getPropertyValue("font-family")) === first);
  return mine.map(({ style }) => ({ family: first, source: style.getPropertyValue("src"), weight: style.getPropertyValue("font-weight") }));
}

let worn = new Map();

// What an option is to be drawn with where an element of ours is: in the theme of the page or, for what is only there on paper, in that of paper.
export function theme(element, option) {
  const kind = element.className === "chart__paper";
  const found = worn.get(kind) ?? worn.set(kind, new Theme(element)).get(kind);
  found.learn(element, option);
  return found;
}

// Runs `then` whenever another theme is worn.
export function onTheme(then) {
  const changed = () => {
    worn = new Map();
    then();
  };
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
