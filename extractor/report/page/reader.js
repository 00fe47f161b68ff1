// One text in a sheet: its words with what was found in them, and the records beside.
const LABELS = { institution: "institution", person: "person", role: "post", date: "date" };

async function openDocument(number, { event = null, record = null } = {}) {
  const doc = await loadDocument(number);
  const row = page.documents[number];
  const chosen = doc.events.find((e) => e.id === event) ?? null;
  const text = h("div", { class: "text scroll", tabindex: "0", role: "document", "aria-label": "Text" });
  const records = h("div", { class: "records scroll" });
  const views = { doc, number, text, records, chosen };
  fillText(views);
  fillRecords(views);
  openSheet(row.title, sourceLine(row, doc, chosen), h("div", { class: "reader" }, text, records));
  scrollToWords(views, record);
}

function sourceLine(row, doc, chosen) {
  const publisher = row.publisher === null ? null : page.organizations[row.publisher].name;
  const facts = [publisher, row.published && dayInWords(row.published), row.path].filter(Boolean);
  const link = row.url && webLink(addressOfWords(row.url, doc, chosen), "open the page");
  return h("p", { class: "facts" }, facts.join(" · "), link ? [" · ", link] : null);
}

// A text fragment leads the browser to the very words on the page.
function addressOfWords(url, doc, chosen) {
  if (!chosen) return url;
  const quote = chosen.trigger.text.trim().replace(/\s+/g, " ");
  return `${url.split("#")[0]}#:~:text=${encodeURIComponent(quote).replaceAll("-", "%2D")}`;
}

function openSheet(title, below, content) {
  const sheet = $("sheet");
  const close = h("button", { type: "button", class: "quiet close", "aria-label": "Close", click: () => sheet.close() }, "✕");
  fill(sheet, h("div", { class: "sheethead" }, h("div", {}, h("h2", { id: "sheet-title" }, title), below), close), content);
  if (!sheet.open) sheet.showModal();
  settle();
}

// The text is cut where anything begins or ends, so that spans may overlap without nesting.
function fillText(views) {
  const { doc, chosen, text } = views;
  const limits = new Set([0, doc.letters.length]);
  for (const m of doc.mentions) limits.add(m.start).add(m.end);
  for (const x of chosen ? [chosen.evidence, chosen.trigger] : []) limits.add(x.start).add(x.end);
  const cuts = [...limits].sort((a, b) => a - b);
  const slots = chosen ? slotsByEntity(chosen) : new Map();
  const mentions = [...doc.mentions].sort((a, b) => a.start - b.start);
  const pieces = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    while (next < mentions.length && mentions[next].end <= start) next++;
    const mention = mentions[next]?.start <= start ? mentions[next] : null;
    pieces.push(piece(views, start, end, mention, slots));
  }
  fill(text, ...pieces);
}

function piece(views, start, end, mention, slots) {
  const { doc, chosen } = views;
  const within = (x) => x && start >= x.start && end <= x.end;
  const classes = [within(chosen?.evidence) && "evidence", within(chosen?.trigger) && "trigger"].filter(Boolean);
  const shown = doc.letters.slice(start, end).join("");
  if (!mention) return classes.length ? h("span", { class: classes.join(" ") }, shown) : visible(shown);
  const slot = slots.get(mention.entity);
  const mark = h("mark", { class: ["m", mention.label, slot && "slot", ...classes].filter(Boolean).join(" "), tabindex: "0", "data-mention": mention.id, "data-entity": mention.entity }, shown);
  if (slot) mark.dataset.slot = slot;
  tip(mark, () => tellMention(doc, mention, slot));
  mark.addEventListener("click", () => showRecord(views, mention.entity));
  mark.addEventListener("keydown", (e) => e.key === "Enter" && showRecord(views, mention.entity));
  return mark;
}

function slotsByEntity(event) {
  const found = new Map();
  for (const slot of page.meta.slots[event.type]) for (const entity of event[slot] ?? []) found.set(entity, found.has(entity) ? `${found.get(entity)}, ${slot}` : slot);
  if (event.date) found.set(event.date, "date");
  return found;
}

function tellMention(doc, mention, slot) {
  const entity = entityOf(doc, mention.entity);
  const lines = [entity ? titleOf(doc, entity) : mention.text, LABELS[mention.label] + (slot ? ` · here: ${words(slot)}` : "")];
  if (!entity) lines.push("not linked to a record");
  lines.push(`found by ${mention.rule}${entity ? ` · confidence ${entity.confidence.toFixed(2)}` : ""}`);
  return lines;
}

function entityOf(doc, id) {
  return [...doc.institutions, ...doc.people, ...doc.roles, ...doc.dates].find((x) => x.id === id) ?? null;
}

function nameIn(doc, id) {
  const entity = entityOf(doc, id);
  return entity ? titleOf(doc, entity) : id;
}

function titleOf(doc, record) {
  if (record.edtf !== undefined) return dayInWords(record.edtf) || doc.mentions.find((m) => m.id === record.mention)?.text || "no value";
  return record.name ?? record.title ?? words(record.type);
}

function scrollToWords(views, record) {
  const mark = record
    ? views.text.querySelector(`[data-entity="${CSS.escape(record)}"]`)
    : views.text.querySelector(".trigger") ?? views.text.querySelector(".evidence");
  if (mark) views.text.scrollTop += mark.getBoundingClientRect().top - views.text.getBoundingClientRect().top - views.text.clientHeight / 3;
  else views.text.scrollTop = 0;
  if (record) showRecord(views, record);
}

function showRecord(views, id) {
  const card = views.records.querySelector(`[data-record="${CSS.escape(id ?? "")}"]`);
  if (!card) return;
  card.closest("details")?.setAttribute("open", "");
  card.scrollIntoView({ block: "center", behavior: "instant" });
  card.classList.remove("flash");
  void card.offsetWidth; // starts the animation again
  card.classList.add("flash");
}

function fillRecords(views) {
  const { doc, chosen } = views;
  const others = doc.events.filter((e) => e !== chosen);
  const groups = [
    ["Events", others.map((e) => eventCard(views, e)), !chosen],
    ["Institutions", doc.institutions.map((i) => recordCard(views, "institution", i, institutionFacts(doc, i)))],
    ["People", doc.people.map((p) => recordCard(views, "person", p, personFacts(doc, p)))],
    ["Posts", doc.roles.map((r) => recordCard(views, "role", r, roleFacts(doc, r)))],
    ["Dates", doc.dates.map((d) => recordCard(views, "date", d, dateFacts(doc, d)))],
  ];
  fill(
    views.records,
    ...(chosen ? [eventCard(views, chosen, true)] : []),
    ...(doc.warnings.length ? [h("div", { class: "warnings" }, h("h3", {}, "Warnings"), h("ul", {}, doc.warnings.map((w) => h("li", {}, w))))] : []),
    ...groups.filter(([, cards]) => cards.length).map(([name, cards, open]) => h("details", { open }, h("summary", {}, `${name} `, h("span", { class: "count" }, cards.length)), cards)),
    legend(),
  );
}

function legend() {
  return h("p", { class: "legend" }, Object.entries(LABELS).map(([label, name]) => h("mark", { class: `m ${label}` }, name)), h("span", { class: "evidence" }, "passage"), h("span", { class: "evidence trigger" }, "words of the act"));
}

function factsList(pairs) {
  return h("dl", {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

function eventCard(views, event, isChosen = false) {
  const { doc } = views;
  const names = (ids) => h("ul", { class: "plain" }, ids.map((id) => h("li", {}, entityLink(views, id))));
  const pairs = [
    ...page.meta.slots[event.type].map((slot) => [words(slot), event[slot].length ? names(event[slot]) : null]),
    ["instrument", words(event.instrument)],
    ["date", event.date ? entityLink(views, event.date) : null],
    ["place", event.place],
    ["topics", (event.topics ?? []).map(words).join(", ")],
    ["duration", event.duration],
    ["words", h("q", {}, event.trigger.text)],
    ["rule", h("code", {}, event.rule)],
  ];
  const show = isChosen ? null : h("button", { type: "button", class: "quiet small", click: () => openDocument(views.number, { event: event.id }) }, "show in the text");
  return h("article", { class: `card event ${isChosen ? "chosen" : ""}`, "data-record": event.id }, h("header", {}, h("h3", {}, words(event.type)), chip(event.action), confidenceBar(event.confidence)), factsList(pairs), show, verdictOf(views, "event", event));
}

function entityLink(views, id) {
  const marks = () => views.text.querySelectorAll(`[data-entity="${CSS.escape(id)}"]`);
  const light = (on) => () => marks().forEach((m) => m.classList.toggle("lit", on));
  const go = () => marks()[0]?.scrollIntoView({ block: "center" });
  return h("button", { type: "button", class: "entity", mouseenter: light(true), mouseleave: light(false), focus: light(true), blur: light(false), click: go }, nameIn(views.doc, id));
}

function recordCard(views, kind, record, facts) {
  return h("article", { class: `card ${kind}`, "data-record": record.id }, h("header", {}, h("h4", {}, titleOf(views.doc, record)), confidenceBar(record.confidence)), factsList(facts), verdictOf(views, kind, record));
}

const institutionFacts = (doc, i) => [["also", i.aliases.join(" · ")], ["kind", i.kind], ["country", i.country && nameOfCountry(i.country)], ["part of", i.part_of && nameIn(doc, i.part_of)], ["ROR", i.ror && webLink(i.ror, i.ror)]];
const personFacts = (doc, p) => [["honorific", p.honorific], ["in the byline", p.byline ? "yes" : null]];
const roleFacts = (doc, r) => [["person", r.person && nameIn(doc, r.person)], ["institution", r.institution && nameIn(doc, r.institution)], ["rank", words(r.rank)], ["status", r.status]];
const dateFacts = (doc, d) => [["words", h("q", {}, doc.mentions.find((m) => m.id === d.mention)?.text ?? "")], ["EDTF", d.edtf && h("code", {}, d.edtf)], ["because", d.why]];
