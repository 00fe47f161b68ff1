// A random sample to be judged one by one, what it tells of each table's precision, and the corrections to be saved.
let checking = 0;

function checkPage() {
  const queue = h("section", { class: "block queue", "aria-label": "Record to check" });
  fill(
    $("main"),
    h("div", { class: "pagehead" }, h("h1", {}, "Check"), h("p", {}, `${plural(page.sample.length, "record")} drawn at random from all tables. Read each in its text and say whether it is right; the precision of each table follows.`)),
    h("div", { class: "checkgrid" }, queue, h("div", {}, h("section", { class: "block", id: "precision" }), h("section", { class: "block", id: "kept" }))),
  );
  checking = Math.max(0, page.sample.findIndex((s) => !judgementOf(s)));
  drawQueue(queue);
  drawPrecision();
  drawKept();
  const keys = (event) => {
    if ($("sheet").open || event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const press = { r: ".say.right", w: ".say.wrong", e: ".say.edited", j: ".next", k: ".previous" }[event.key];
    if (press) queue.querySelector(press)?.click();
  };
  addEventListener("keydown", keys);
  undo.push(() => removeEventListener("keydown", keys));
  settle();
}

const documentNumber = once(() => new Map(page.documents.map((d) => [d.id, d.number])));
const judgementOf = (drawn) => [...corrections.values()].find((c) => c.doc_id === drawn.doc_id && c.kind === drawn.kind && c.id === drawn.id) ?? null;

async function drawQueue(queue) {
  if (!page.sample.length) {
    fill(queue, h("p", { class: "empty" }, "There is nothing to check."));
    return;
  }
  const drawn = page.sample[checking];
  const number = documentNumber().get(drawn.doc_id);
  const doc = await loadDocument(number);
  const record = [...doc.events, ...doc.institutions, ...doc.people, ...doc.roles, ...doc.dates].find((r) => r.id === drawn.id);
  const text = h("div", { class: "text", tabindex: "0", "aria-label": "Passage" });
  const records = h("div");
  const views = { doc, number, text, records, chosen: drawn.kind === "event" ? record : null };
  const quote = quoteOf(doc, drawn.kind, record);
  fillText(views);
  trim(text, views, quote, record);
  const step = (by) => { checking = (checking + by + page.sample.length) % page.sample.length; drawQueue(queue); };
  const after = () => { drawPrecision(); drawKept(); if (judgementOf(drawn)) setTimeout(() => { if (page.sample[checking] === drawn) step(1); }, 350); };
  const facts = { institution: institutionFacts, person: personFacts, role: roleFacts, date: dateFacts }[drawn.kind];
  const pairs = facts ? facts(doc, record) : eventPairs(doc, record);
  const done = page.sample.filter(judgementOf).length;
  const bar = h("progress", { max: page.sample.length, "aria-label": "Records judged" });
  bar.value = done;
  fill(
    queue,
    h("div", { class: "progress" }, bar, h("span", {}, `${checking + 1} of ${page.sample.length} · ${done} judged`)),
    h("h2", {}, drawn.kind === "event" ? words(record.type) : [drawn.kind === "role" ? "post" : drawn.kind, ": ", titleOf(doc, record)]),
    factsList([...pairs, ["confidence", confidenceBar(record.confidence)]]),
    text,
    verdictOf(views, drawn.kind, record, { after }),
    h("div", { class: "steps" }, h("button", { type: "button", class: "quiet previous", click: () => step(-1) }, "← Previous"), h("button", { type: "button", class: "quiet", click: () => openDocument(number, { event: views.chosen?.id ?? null, record: views.chosen ? null : record.id }) }, "Whole text"), h("button", { type: "button", class: "quiet next", click: () => step(1) }, "Next →")),
    h("p", { class: "aside" }, "Keys: ", h("kbd", {}, "r"), " right, ", h("kbd", {}, "w"), " wrong, ", h("kbd", {}, "e"), " edit, ", h("kbd", {}, "j"), " next, ", h("kbd", {}, "k"), " previous. An edited record counts as not right."),
  );
}

function eventPairs(doc, event) {
  const slots = page.meta.slots[event.type].map((slot) => [words(slot), event[slot].map((id) => nameIn(doc, id)).join(" · ")]);
  return [["action", words(event.action)], ["instrument", words(event.instrument)], ...slots, ["date", event.date && nameIn(doc, event.date)], ["place", event.place]];
}

// The passage around the words; the whole text is one click away.
function trim(text, views, quote, record) {
  const { doc, chosen } = views;
  const from = Math.max(0, Math.min(quote.start, chosen?.evidence.start ?? quote.start) - 240);
  const to = Math.min(doc.letters.length, Math.max(quote.end, chosen?.evidence.end ?? quote.end) + 240);
  let at = 0;
  for (const node of [...text.childNodes]) {
    const letters = Array.from(node.textContent);
    const [start, end] = [at, at + letters.length];
    at = end;
    if (end <= from || start >= to) node.remove();
    else if (node.nodeType === Node.TEXT_NODE) node.textContent = `${start < from ? "… " : ""}${letters.slice(Math.max(0, from - start), Math.min(letters.length, to - start)).join("")}${end > to ? " …" : ""}`;
    else if (node.dataset.entity === record.id) node.classList.add("lit");
  }
}

function drawPrecision() {
  const tables = new Map();
  for (const c of corrections.values()) {
    const table = c.type ?? c.kind;
    tables.set(table, [...(tables.get(table) ?? []), c]);
  }
  const rows = [...tables].sort((a, b) => compare(a[0], b[0])).map(([table, all]) => {
    const drawn = all.filter((c) => c.stratum);
    const p = precisionOf(drawn.length ? drawn : all);
    const percent = (x) => `${Math.round(100 * x)}%`;
    return h("tr", {}, h("th", { scope: "row" }, table === "role" ? "post" : table), h("td", {}, `${p.right} of ${p.judged}`), h("td", {}, percent(p.share)), h("td", {}, `${percent(p.interval[0])} – ${percent(p.interval[1])}`));
  });
  const table = h("table", { class: "small" }, h("thead", {}, h("tr", {}, ["Table", "Right", "Precision", "95% interval"].map((x) => h("th", { scope: "col" }, x)))), h("tbody", {}, rows));
  fill($("precision"), h("h2", {}, "Precision so far"), rows.length ? table : h("p", { class: "empty" }, "Nothing is judged yet."));
}

function drawKept() {
  const list = [...corrections.values()];
  const input = h("input", { type: "file", accept: ".jsonl", id: "load", class: "unseen", change: () => input.files[0] && readCorrections(input.files[0]).catch(() => announce("This file holds no corrections.")) });
  fill(
    $("kept"),
    h("h2", {}, "Corrections ", h("span", { class: "count" }, list.length)),
    h("p", {}, "Save them, then keep them over later runs with ", h("code", {}, "extractor apply corrections.jsonl FOLDER"), "."),
    page.forgets ? h("p", { class: "problem" }, "This browser keeps nothing for this page: save before you close it.") : null,
    h("div", { class: "formend" }, h("button", { type: "button", id: "save", disabled: list.length === 0, click: saveCorrections }, "Save corrections.jsonl"), input, h("label", { for: "load", class: "button quiet", tabindex: "0", keydown: (e) => e.key === "Enter" && input.click() }, "Load a file")),
    h("ul", { class: "entries" }, list.slice(-200).reverse().map((c) => h("li", {}, h("button", { type: "button", class: "entry", click: () => openCorrected(c) }, h("span", { class: "what" }, c.quote.text, h("small", {}, `${words(c.type ?? c.kind)} in ${c.doc_id}`)), chip(c.verdict))))),
  );
}

function openCorrected(c) {
  const number = documentNumber().get(c.doc_id);
  if (number === undefined) announce("This text is not in the report.");
  else openDocument(number, c.kind === "event" ? { event: c.id } : { record: c.id });
}
