// The worker beside the page of imports: looks at files with the server's own parser, and hands them over.
import init, { left_out, preview, read_together } from "./reader.js";

const ready = init({ module_or_path: new URL("./reader_bg.wasm", import.meta.url) });
// A look needs no more of a table of text than this; of a workbook it needs all.
const BEGINNING = 4 << 20;
const WORKBOOK_MAX = 256 << 20;

onmessage = async ({ data }) => {
  const { turn, verb } = data;
  const say = (word) => postMessage({ turn, ...word });
  try {
    await ready;
    if (verb === "save") return say({ file: left_out() });
    const ordered = { ...data, files: readTogether(data) };
    if (verb === "look") say({ said: await look(ordered) });
    else await send(ordered, say);
  } catch (error) {
    say({ said: JSON.stringify({ wrong: `The file cannot be read: ${error.message ?? error}` }) });
  }
};

// A dialog hands files over by their names: which one has the rows, and which stand beside it, the mapping knows. The page says which are not read.
function readTogether({ files, mapping }) {
  return [...read_together(mapping ?? "", files.map(({ name }) => name))].map((place) => files[place]);
}

async function look({ files, kind, mapping, zone }) {
  const [file, ...beside] = files;
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const workbook = start[0] === 0x50 && start[1] === 0x4b;
  if (workbook && file.size > WORKBOOK_MAX) throw new Error("a workbook this large is better saved as CSV.");
  const part = workbook || file.size <= BEGINNING ? file : file.slice(0, BEGINNING);
  const all = await Promise.all([part, ...beside].map(async (one) => new Uint8Array(await one.arrayBuffer())));
  const names = files.map(({ name }) => name);
  return preview(kind, names, all[0], part.size === file.size, mapping ?? "", zone ?? "", all.slice(1));
}

// One file after the other: each is kept by the server under its own hash.
async function send({ files }, say) {
  const kept = [];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let before = 0;
  for (const file of files) {
    const answer = await post(file, (sent) => say({ said: JSON.stringify({ sending: { sent: before + sent, total } }) }));
    if (!answer.data) return say({ said: JSON.stringify({ wrong: answer.error?.message ?? "The server did not take the file. Try again." }) });
    kept.push(answer.data);
    before += file.size;
  }
  say({ said: JSON.stringify({ sent: kept }) });
}

function post(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/imports/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => resolve(request.response ?? {});
    request.onerror = () => reject(new Error("the server cannot be reached. Check the network, then try again."));
    request.send(file);
  });
}
