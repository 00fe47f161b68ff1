// What a reader says of records: kept in the browser, saved as corrections.jsonl, read back from it.
const corrections = new Map();
const storeName = () => `extractor-report ${page.meta.fingerprint}`;

const keyOf = (c) => JSON.stringify([c.doc_id, c.kind, c.quote.start, c.quote.text, c.id]);

function quoteOf(doc, kind, record) {
  const mention = kind === "event" ? record.trigger : record.mention ? doc.mentions.find((m) => m.id === record.mention) : doc.mentions.find((m) => m.entity === record.id);
  return { start: mention.start, end: mention.end, text: mention.text };
}

function blankCorrection(doc, kind, record) {
  const drawn = page.sample.find((s) => s.doc_id === doc.doc_id && s.kind === kind && s.id === record.id);
  return { doc_id: doc.doc_id, kind, id: record.id, type: record.type ?? null, quote: quoteOf(doc, kind, record), verdict: null, changes: {}, was: {}, stratum: drawn?.stratum ?? null, weight: drawn?.weight ?? null, note: null };
}

function keepCorrection(correction) {
  const key = keyOf(correction);
  if (correction.verdict) corrections.set(key, correction);
  else corrections.delete(key);
  try {
    localStorage.setItem(storeName(), JSON.stringify([...corrections.values()]));
  } catch {
    page.forgets = true; // some browsers keep nothing for pages opened from disk
  }
  drawNav();
}

function recallCorrections() {
  try {
    for (const c of JSON.parse(localStorage.getItem(storeName()) ?? "[]")) corrections.set(keyOf(c), c);
  } catch {
    page.forgets = true;
  }
}

function verdictOf(views, kind, record, { after } = {}) {
  const { doc } = views;
  const blank = blankCorrection(doc, kind, record);
  const current = () => corrections.get(keyOf(blank)) ?? blank;
  const box = h("div", { class: "verdict" });
  const say = (verdict) => {
    keepCorrection({ ...blank, note: current().note, verdict: current().verdict === verdict ? null : verdict });
    draw();
    announce(current().verdict ? `Marked ${verdict}` : "Mark taken back");
    if (current().verdict) after?.();
  };
  const button = (verdict, sign, label) => h("button", { type: "button", class: `say ${verdict}`, "aria-pressed": String(current().verdict === verdict), click: () => say(verdict) }, h("span", { "aria-hidden": "true" }, sign), ` ${label}`);
  const edit = () => box.append(editForm(views, kind, record, current(), (c) => { keepCorrection(c); draw(); announce("Correction kept"); after?.(); }, draw));
  function draw() {
    const c = current();
    const changed = Object.entries(c.changes).map(([f, v]) => `${words(f)}: ${tell(doc, v)}`);
    fill(
      box,
      button("right", "✓", "Right"),
      button("wrong", "✗", "Wrong"),
      h("button", { type: "button", class: "say edited", "aria-pressed": String(c.verdict === "edited"), click: () => (box.querySelector("form") ? draw() : edit()) }, h("span", { "aria-hidden": "true" }, "✎"), " Edit"),
      ...(changed.length ? [h("p", { class: "changed" }, "→ ", changed.join("; "))] : []),
    );
  }
  draw();
  return box;
}

const tell = (doc, value) => (Array.isArray(value) ? value.map((v) => nameIn(doc, v)).join(", ") || "none" : value === null ? "none" : words(entityOf(doc, value) ? nameIn(doc, value) : value));

// The fields that may be edited follow from the records' classes.
function editForm(views, kind, record, correction, save, cancel) {
  const { doc } = views;
  const values = { ...record, ...correction.changes };
  const specs = page.meta.fields[record.type ?? kind];
  const controls = specs.map((spec) => [spec, controlOf(doc, spec, values[spec.name])]);
  const note = h("input", { type: "text", placeholder: "optional" });
  note.value = correction.note ?? "";
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const submit = (event) => {
    event.preventDefault();
    const changes = {};
    const was = {};
    for (const [spec, control] of controls) {
      const value = control.read();
      if (JSON.stringify(value) === JSON.stringify(record[spec.name] ?? null)) continue;
      changes[spec.name] = value;
      was[spec.name] = record[spec.name];
    }
    if (Object.keys(changes).length === 0) {
      problem.textContent = "Nothing is changed. Use Right or Wrong, or change a field.";
      problem.hidden = false;
      return;
    }
    save({ ...correction, verdict: "edited", changes, was, note: note.value.trim() || null });
  };
  return h("form", { class: "edit", submit }, controls.map(([spec, control]) => (spec.kind === "ids" || spec.kind === "choices" ? control.element : field(words(spec.name), control.element))), field("note", note), problem, h("div", { class: "formend" }, h("button", { type: "submit" }, "Keep"), h("button", { type: "button", class: "quiet", click: cancel }, "Cancel")));
}

function entitiesFor(doc, of) {
  return (of === "institution" ? doc.institutions : of === "person" ? doc.people : doc.dates).map((x) => [x.id, titleOf(doc, x)]);
}

function controlOf(doc, spec, value) {
  if (spec.kind === "choice" || spec.kind === "id") {
    const options = spec.kind === "id" ? entitiesFor(doc, spec.of) : spec.values.map((v) => [v, words(v)]);
    const element = select(spec.optional ? [["", "none"], ...options] : options, value, () => {}, { name: spec.name });
    return { element, read: () => element.value || null };
  }
  if (spec.kind === "ids" || spec.kind === "choices") {
    const options = spec.kind === "ids" ? entitiesFor(doc, spec.of) : spec.values.map((v) => [v, words(v)]);
    const boxes = options.map(([key, label]) => {
      const box = h("input", { type: "checkbox", value: key });
      box.checked = (value ?? []).includes(key);
      return h("label", { class: "box" }, box, " ", label);
    });
    const element = h("fieldset", {}, h("legend", {}, words(spec.name)), boxes);
    // what was there keeps its order, what is new comes after
    const read = () => {
      const chosen = [...element.querySelectorAll("input:checked")].map((b) => b.value);
      return [...(value ?? []).filter((v) => chosen.includes(v)), ...chosen.filter((v) => !(value ?? []).includes(v))];
    };
    return { element, read };
  }
  const element = h("input", { type: "text", name: spec.name });
  element.value = value ?? "";
  return { element, read: () => element.value.trim() || null };
}

function correctionLines() {
  return [...corrections.values()].map((c) => `${JSON.stringify(c)}\n`).join("");
}

function saveCorrections() {
  const file = URL.createObjectURL(new Blob([correctionLines()], { type: "application/jsonl" }));
  const link = h("a", { href: file, download: "corrections.jsonl" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
  announce(`${plural(corrections.size, "correction")} saved as corrections.jsonl`);
}

async function readCorrections(file) {
  const lines = (await file.text()).split("\n").filter((line) => line.trim());
  const read = lines.map((line) => JSON.parse(line)).filter((c) => c.doc_id && c.quote && c.verdict);
  for (const c of read) keepCorrection(c);
  announce(`${plural(read.length, "correction")} read`);
  render();
}

// Wilson's interval, as `extractor evaluate --corrections` computes it.
function wilson(share, n) {
  if (n <= 0) return [0, 1];
  const z = 1.959964;
  const middle = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, (middle - spread) / (1 + (z * z) / n)), Math.min(1, (middle + spread) / (1 + (z * z) / n))];
}

function precisionOf(rows) {
  const strata = Map.groupBy ? Map.groupBy(rows, (c) => c.stratum) : rows.reduce((m, c) => m.set(c.stratum, [...(m.get(c.stratum) ?? []), c]), new Map());
  const whole = rows.reduce((sum, c) => sum + (c.weight ?? 1), 0);
  const isRight = (c) => c.verdict === "right";
  const share = rows.filter(isRight).reduce((sum, c) => sum + (c.weight ?? 1), 0) / whole;
  let variance = 0;
  for (const part of strata.values()) {
    const weight = part.reduce((sum, c) => sum + (c.weight ?? 1), 0) / whole;
    const right = part.filter(isRight).length / part.length;
    variance += (weight ** 2 * right * (1 - right)) / Math.max(1, part.length - 1);
  }
  const n = variance ? Math.min(rows.length, (share * (1 - share)) / variance) : rows.length;
  return { judged: rows.length, right: rows.filter(isRight).length, share, interval: wilson(share, n) };
}
