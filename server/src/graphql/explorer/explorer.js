// The explorer of /graphql: asks, shows the answer, reads the schema, and keeps on this device what was asked by whoever is signed in.
const $ = (id) => document.getElementById(id);
const [query, variables, run, status, answer, copy] = ["query", "variables", "run", "status", "answer", "copy"].map($);
const [search, trail, schema, past, forget, examples] = ["search", "trail", "schema", "history", "forget", "examples"].map($);
const KEPT = `fieldlight-graphql-${document.body.dataset.user}`;
const KEPT_MAX = 30;

const EXAMPLES = {
  "The business at a glance": [
    "query Glance($filter: Filter) {\n  revenueSummary(filter: $filter) {\n    from to currency\n    rows { netSales grossProfit marginBasisPoints returnsBasisPoints customers }\n  }\n  dataRange { from to version }\n}",
    '{ "filter": {} }',
  ],
  "Growth month by month": [
    "{\n  monthlySalesGrowth {\n    currency\n    rows { month complete netSales previousNetSales growthBasisPoints yearGrowthBasisPoints }\n  }\n}",
  ],
  "Targets of every salesperson": [
    "{\n  targetAttainment {\n    currency\n    rows { month rep netSales budget attainmentBasisPoints complete }\n    total { netSales budget attainmentBasisPoints }\n  }\n}",
  ],
  "Customers who may be lost": [
    "{\n  customerValue(limit: 50) {\n    currency customers atRisk\n    rows { customer segment recencyDays frequency netSales profitShareBasisPoints atRisk risks }\n  }\n}",
  ],
  "Products by class": ["{\n  productAnalytics(limit: 25) {\n    currency\n    rows { product class shareSoFarTenths grossProfit marginBasisPoints }\n  }\n}"],
  "Clients to visit": ["{\n  clients(limit: 20) {\n    total nextCursor\n    items { id name town light dueOn plannedAt }\n  }\n}"],
  "Two branches side by side": [
    "query Sides($one: [String], $other: [String]) {\n  one: revenueSummary(filter: { branch: $one }) { currency rows { netSales grossProfit } }\n  other: revenueSummary(filter: { branch: $other }) { currency rows { netSales grossProfit } }\n}",
    '{ "one": ["Mombasa"], "other": ["Nakuru"] }',
  ],
};

const INTROSPECTION = `{ __schema { queryType { name } types { kind name description
  fields { name description args { name description defaultValue type { ...T } } type { ...T } }
  inputFields { name description defaultValue type { ...T } } enumValues { name description } } } }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

// Making elements: everything shown is text, never markup.
function make(tag, options = {}, ...children) {
  const { on, ...attributes } = options;
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => (name in element ? (element[name] = value) : element.setAttribute(name, value)));
  Object.entries(on ?? {}).forEach(([name, listen]) => element.addEventListener(name, listen));
  element.append(...children.filter((child) => child != null));
  return element;
}

// Asking.
async function post(body) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  try {
    return { response, json: JSON.parse(text), text };
  } catch {
    return { response, json: null, text };
  }
}

let asking = false;
async function ask() {
  if (asking) return;
  const body = { query: query.value };
  try {
    if (variables.value.trim()) body.variables = JSON.parse(variables.value);
  } catch (error) {
    variables.setAttribute("aria-invalid", "true");
    return tell(`Variables are no JSON: ${error.message}`, true);
  }
  variables.removeAttribute("aria-invalid");
  keep();
  asking = true;
  run.setAttribute("aria-busy", "true");
  tell("Asking…");
  const from = performance.now();
  try {
    const { response, json, text } = await post(body);
    const took = Math.round(performance.now() - from);
    answer.textContent = json ? JSON.stringify(json, null, 2) : text;
    copy.hidden = false;
    const wrong = json?.errors?.[0]?.message ?? (response.ok ? null : `The server answered ${response.status}.`);
    tell(wrong ?? `Answered in ${took} ms, ${size(text.length)}`, !!wrong);
  } catch {
    tell("The server cannot be reached: try again when there is a network.", true);
  }
  asking = false;
  run.removeAttribute("aria-busy");
}

const size = (n) => (n < 1000 ? `${n} characters` : `${(n / 1000).toFixed(1)} k characters`);

function tell(words, wrong = false) {
  status.textContent = words;
  status.classList.toggle("explorer__status--wrong", wrong);
}

// What was asked, on this device alone.
const stored = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
};
const store = (all) => {
  try {
    localStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    // a device that keeps nothing still asks
  }
  showPast();
};

function keep() {
  const now = { query: query.value, variables: variables.value };
  if (!now.query.trim()) return;
  const others = stored().filter((one) => one.query !== now.query || one.variables !== now.variables);
  store([now, ...others].slice(0, KEPT_MAX));
}

function put([text, values = ""]) {
  query.value = text;
  variables.value = values;
  query.focus();
}

function showPast() {
  const all = stored();
  forget.hidden = !all.length;
  const title = (text) => text.replace(/\s+/g, " ").trim().slice(0, 90);
  const item = (one) =>
    make("li", {}, make("button", { type: "button", className: "explorer__old", textContent: title(one.query), on: { click: () => put([one.query, one.variables]) } }));
  past.replaceChildren(...(all.length ? all.map(item) : [make("li", { className: "field__hint", textContent: "Nothing yet." })]));
}

// The schema.
let types = new Map();
let root = "Query";
let opened = [];

const inner = (type) => (type.ofType ? inner(type.ofType) : type);
const written = (type) => (type.kind === "NON_NULL" ? `${written(type.ofType)}!` : type.kind === "LIST" ? `[${written(type.ofType)}]` : type.name);

// `code` in a description is shown as such.
const words = (text) => make("p", { className: "explorer__words" }, ...(text ?? "").split("`").map((part, at) => (at % 2 ? make("code", { textContent: part }) : part)));

function typeLink(type) {
  const { name } = inner(type);
  const known = types.get(name);
  if (!known || known.kind === "SCALAR") return make("code", { textContent: written(type), title: known?.description ?? "" });
  return make("button", { type: "button", className: "explorer__type", textContent: written(type), on: { click: () => open(name) } });
}

function argument(one) {
  const value = one.defaultValue == null ? "" : ` = ${one.defaultValue}`;
  return make("li", {}, make("code", { textContent: `${one.name}: ` }), typeLink(one.type), make("code", { textContent: value }), one.description ? words(one.description) : null);
}

// What a field's selection could be: its plain fields, and those of what stands below.
function selection(type, room) {
  const of = types.get(inner(type).name);
  if (!of?.fields) return "";
  const one = (field) => {
    const below = types.get(inner(field.type).name);
    if (!below?.fields) return field.name;
    return room > 0 ? field.name + selection(field.type, room - 1) : null;
  };
  return ` { ${of.fields.map(one).filter(Boolean).join(" ")} }`;
}

const VALUES = { ID: '"…"', String: '"…"', Int: "1" };
function skeleton(field) {
  const must = field.args.filter((one) => one.type.kind === "NON_NULL" && one.defaultValue == null);
  const value = (one) => types.get(inner(one.type).name)?.enumValues?.[0]?.name ?? VALUES[inner(one.type).name] ?? "{}";
  const given = must.map((one) => `${one.name}: ${value(one)}`).join(", ");
  return `{\n  ${field.name}${given && `(${given})`}${selection(field.type, 2)}\n}`;
}

function field(one, of) {
  const use = { type: "button", className: "button button--plain button--small", textContent: "Use", "aria-label": `Use ${one.name}`, on: { click: () => put([skeleton(one)]) } };
  const head = make("p", { className: "explorer__field" }, make("strong", { textContent: one.name }), make("code", { textContent: ": " }), typeLink(one.type), of === root ? make("button", use) : null);
  const args = one.args?.length ? make("ul", { className: "explorer__args" }, ...one.args.map(argument)) : null;
  return make("li", {}, head, one.description ? words(one.description) : null, args);
}

function body(type) {
  const fields = type.fields ?? type.inputFields ?? [];
  const value = (one) => make("li", {}, make("p", { className: "explorer__field" }, make("strong", { textContent: one.name })), one.description ? words(one.description) : null);
  return make("ul", { className: "explorer__fields" }, ...fields.map((one) => field(one, type.name)), ...(type.enumValues ?? []).map(value));
}

function open(name) {
  const at = opened.indexOf(name);
  opened = at < 0 ? [...opened, name] : opened.slice(0, at + 1);
  search.value = "";
  show();
  schema.querySelector("h3")?.focus();
}

function show() {
  const sought = search.value.trim().toLowerCase();
  const step = (name, at) => make("button", { type: "button", className: "explorer__type", textContent: name, "aria-current": String(at === opened.length - 1), on: { click: () => open(name) } });
  trail.replaceChildren(...(sought ? [] : opened.map(step)));
  if (sought) return schema.replaceChildren(found(sought));
  const type = types.get(opened.at(-1));
  if (!type) return;
  schema.replaceChildren(make("h3", { tabIndex: -1, textContent: type.name }), type.description ? words(type.description) : "", body(type));
}

function found(sought) {
  const own = [...types.values()].filter((type) => !type.name.startsWith("__"));
  const holds = (one) => `${one.name} ${one.description ?? ""}`.toLowerCase().includes(sought);
  const hits = own.flatMap((type) => [
    ...(holds(type) ? [[type, null]] : []),
    ...(type.fields ?? type.inputFields ?? type.enumValues ?? []).filter(holds).map((one) => [type, one]),
  ]);
  // what is called so comes before what is only told of
  hits.sort(([a, b], [c, d]) => Number((d ?? c).name.toLowerCase().includes(sought)) - Number((b ?? a).name.toLowerCase().includes(sought)));
  if (!hits.length) return make("p", { className: "field__hint", textContent: `Nothing is called “${sought}”.` });
  const hit = ([type, one]) => {
    const label = one ? `${type.name}.${one.name}` : type.name;
    const button = make("button", { type: "button", className: "explorer__type", textContent: label, on: { click: () => open(type.name) } });
    return make("li", {}, make("p", { className: "explorer__field" }, button), (one ?? type).description ? words((one ?? type).description) : null);
  };
  return make("ul", { className: "explorer__fields" }, ...hits.slice(0, 60).map(hit));
}

async function readSchema() {
  try {
    const { json } = await post({ query: INTROSPECTION });
    types = new Map(json.data.__schema.types.map((type) => [type.name, type]));
    root = json.data.__schema.queryType.name;
    open(root);
  } catch {
    const again = make("button", { type: "button", className: "button button--quiet button--small", textContent: "Try again", on: { click: readSchema } });
    schema.replaceChildren(make("p", { textContent: "The schema could not be read." }), again);
  }
}

Object.keys(EXAMPLES).forEach((name) => examples.append(make("option", { value: name, textContent: name })));
examples.addEventListener("change", () => {
  if (examples.value) put(EXAMPLES[examples.value]);
  examples.value = "";
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
run.addEventListener("click", ask);
search.addEventListener("input", show);
forget.addEventListener("click", () => store([]));
copy.addEventListener("click", async () => {
  await navigator.clipboard?.writeText(answer.textContent);
  tell("Copied");
});
const [last] = stored();
[query.value, variables.value = ""] = last ? [last.query, last.variables] : EXAMPLES["The business at a glance"];
showPast();
readSchema();
