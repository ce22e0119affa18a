// The first page takes files: dropped or chosen, shown before they are sent, built with progress, opened when done.
import { $, ask, make, say } from "./common.js";

const box = $("building"), form = $("drop"), most = { files: Number(box.dataset.mostFiles), size: Number(box.dataset.mostSize) };
const token = document.querySelector('meta[name="page-token"]').content;
let files = [], job = null;

const show = (part) => ["chosen", "progress"].forEach((id) => { $(id).hidden = id !== part; });
function outcome(...lines) {
  $("outcome").replaceChildren(...lines);
  $("outcome").hidden = !lines.length;
}
const bad = (line) => make("p", { class: "bad" }, line);

function choose(found) {
  files = [...files, ...found].filter((file, at, all) => all.findIndex((one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified) === at);
  $("chosen-files").replaceChildren(...files.map((file) => make("li", { title: file.name }, file.name)));
  const size = files.reduce((sum, file) => sum + file.size, 0) / 2 ** 20;
  const wrong = files.length > most.files ? say("too_many", most) : size > most.size ? say("too_large", most) : null;
  outcome(...(wrong ? [bad(wrong)] : []));
  $("start").disabled = Boolean(wrong);
  show(files.length ? "chosen" : null);
  if (files.length) $("start").focus();
}

/** The files in what was dropped, those in folders too. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = [];
  for (let at = 0; at < entries.length && found.length <= most.files; at += 1) {
    const entry = entries[at];
    if (entry.isFile) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    else {
      const reader = entry.createReader();
      for (;;) {
        const more = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!more.length) break;
        entries.push(...more.filter((one) => !one.name.startsWith(".")));
      }
    }
  }
  return found;
}

function progress(told) {
  show("progress");
  const states = { waiting: say("waiting"), reading: say("reading"), writing: say("writing") };
  const where = told.state === "reading" && told.reading ? ` ${told.reading}` : "";
  $("doing").textContent = states[told.state] + where + (told.state === "reading" && told.files > 1 ? `（${say("of", { n: told.number, of: told.files })}）` : "");
  if (told.state === "writing") $("bar").value = 0.95;
  else if (told.number > 1) $("bar").value = (told.number - 1) / told.files * 0.9;
  else $("bar").removeAttribute("value");
}
async function follow() {
  for (;;) {
    const told = await (await ask(`/builds/jobs/${job}`)).json();
    if (["done", "failed", "stopped"].includes(told.state)) { ended(told); return; }
    progress(told);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
function ended(told) {
  job = null;
  show(null);
  const skipped = told.skipped.length ? make("ul", {}, ...told.skipped.map((one) => make("li", {}, `${one.name}: ${one.reason}`))) : null;
  if (told.state === "done" && !skipped) {
    outcome(make("p", {}, say("done")));
    location.href = `${told.address}/graph`;
  } else if (told.state === "done") {
    outcome(make("p", {}, say("done_skipped")), skipped, make("p", {}, make("a", { class: "button primary", href: `${told.address}/graph` }, say("open_graph"))));
  } else if (told.state === "stopped") { outcome(make("p", {}, say("stopped"))); again(); }
  else { outcome(bad(say("failed")), make("p", { lang: "en" }, told.line)); again(); }
}
function again() {
  const button = make("button", { type: "button", class: "button" }, say("try_again"));
  button.addEventListener("click", () => { outcome(); choose([]); });
  $("outcome").append(make("p", {}, button));
}
async function start() {
  const data = new FormData();
  files.forEach((file) => data.append("files", file, file.name));
  data.append("home", $("home-place").value);
  outcome();
  show("progress");
  $("doing").textContent = say("sending");
  $("bar").removeAttribute("value");
  try {
    job = (await (await ask("/builds", { method: "POST", body: data, headers: { "X-Yishi-Token": token } })).json()).id;
    await follow();
  } catch (error) {
    job = null;
    show("chosen");
    outcome(bad(error.message));
  }
}

form.addEventListener("submit", (event) => { event.preventDefault(); start(); });
for (const id of ["files", "folder"]) $(id).addEventListener("change", (event) => { choose([...event.target.files].filter((file) => !file.name.startsWith("."))); event.target.value = ""; });
$("clear").addEventListener("click", () => { files = []; choose([]); });
$("stop").addEventListener("click", () => { if (job) ask(`/builds/jobs/${job}/stop`, { method: "POST", headers: { "X-Yishi-Token": token } }).catch((error) => outcome(bad(error.message))); });
// Files may be dropped anywhere on the page: a near miss must not make the browser leave it.
let inside = 0;
const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
addEventListener("dragenter", (event) => { if (carriesFiles(event)) { inside += 1; form.classList.add("over"); } });
addEventListener("dragleave", (event) => { if (carriesFiles(event)) { inside -= 1; if (inside <= 0) form.classList.remove("over"); } });
addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  inside = 0;
  form.classList.remove("over");
  if (job) return;
  const found = await dropped(event.dataTransfer).catch((error) => { outcome(bad(error.message)); return []; });
  if (found.length) choose(found);
  form.scrollIntoView({ block: "nearest" });
});

document.querySelectorAll("[data-remove]").forEach((button) => button.addEventListener("click", () => {
  const item = button.closest("li"), sure = make("span", { class: "soft" }, `${say("remove_sure")} `);
  const yes = make("button", { type: "button", class: "button small" }, say("yes")), no = make("button", { type: "button", class: "button small" }, say("no"));
  sure.append(yes, " ", no);
  button.replaceWith(sure);
  no.focus();
  no.addEventListener("click", () => { sure.replaceWith(button); button.focus(); });
  yes.addEventListener("click", async () => {
    try {
      await ask(`/builds/${encodeURIComponent(button.dataset.remove)}`, { method: "DELETE", headers: { "X-Yishi-Token": token } });
      item.remove();
    } catch (error) { sure.replaceChildren(bad(error.message)); }
  });
}));
