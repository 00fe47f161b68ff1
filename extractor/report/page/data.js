"use strict";
// Packed rows in, named rows and their neighbours out. Texts stay packed until one is opened.
const page = { meta: null, documents: [], organizations: [], persons: [], events: [], roles: [], agreements: [], failures: [], sample: [] };

async function unpack(id) {
  const packed = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

async function loadIndex() {
  const { meta, rows } = await unpack("index");
  page.meta = meta;
  for (const [name, columns] of Object.entries(meta.columns)) {
    page[name] = rows[name].map((row, number) => {
      const named = { number };
      for (let i = 0; i < columns.length; i++) named[columns[i]] = row[i];
      return named;
    });
  }
  for (const row of page.agreements) gatherAgreement(row);
}

const partsOpen = new Map();

async function loadDocument(number) {
  const row = page.documents[number];
  if (!partsOpen.has(row.part)) partsOpen.set(row.part, await unpack(`part-${row.part}`));
  const doc = partsOpen.get(row.part)[row.place];
  if (!doc.letters) {
    doc.letters = Array.from(doc.text); // offsets count code points, JavaScript's strings UTF-16 units
    doc.mentions = doc.mentions.map(([id, label, start, end, entity, rule]) => ({ id, label, start, end, entity, rule, text: doc.letters.slice(start, end).join("") }));
  }
  return doc;
}

// What the ledger does not say, the last telling with a date does.
function gatherAgreement(row) {
  const tellings = row.events.map((n) => page.events[n]);
  const dated = tellings.filter((e) => e.edtf).sort((a, b) => compare(a.start, b.start));
  const spoken = dated.at(-1) ?? tellings[0];
  row.tellings = tellings;
  row.type = "agreement";
  const isInLedger = row.action !== null;
  for (const field of ["action", "instrument", "edtf", "start", "end"]) if (!isInLedger) row[field] = spoken[field];
  row.trigger = spoken.trigger;
  row.confidence = Math.max(...tellings.map((e) => e.confidence));
  row.parties = [...new Set(tellings.flatMap((e) => fillersOf(e, "parties")))];
  row.countries = countriesOf(row.parties);
  row.spoken = spoken;
}

function fillersOf(event, ...slots) {
  return event.fillers.flatMap(([slot, numbers]) => (slots.length === 0 || slots.includes(slot) ? numbers : []));
}

const isPersonSlot = (slot) => page.meta.person_slots.includes(slot);

function partiesOf(event) {
  return [...new Set(event.fillers.flatMap(([slot, numbers]) => (isPersonSlot(slot) ? [] : numbers)))];
}

function peopleOf(event) {
  return [...new Set(event.fillers.flatMap(([slot, numbers]) => (isPersonSlot(slot) ? numbers : [])))];
}

function countriesOf(numbers) {
  return [...new Set(numbers.map((n) => page.organizations[n].country).filter(Boolean))].sort();
}

// What belongs to whom, counted once when first asked for.
const neighbours = once(() => {
  const found = { unitsOfOrganization: new Map(), eventsOfOrganization: new Map(), eventsOfPerson: new Map(), rolesOfOrganization: new Map(), rolesOfPerson: new Map(), eventsOfDocument: new Map() };
  const put = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  for (const event of page.events) {
    put(found.eventsOfDocument, event.doc, event);
    for (const n of partiesOf(event)) put(found.eventsOfOrganization, n, event);
    for (const n of peopleOf(event)) put(found.eventsOfPerson, n, event);
  }
  for (const unit of page.organizations) if (unit.parent !== null) put(found.unitsOfOrganization, unit.parent, unit.number);
  for (const role of page.roles) {
    if (role.organization !== null) put(found.rolesOfOrganization, role.organization, role);
    if (role.person !== null) put(found.rolesOfPerson, role.person, role);
  }
  return found;
});

const DEEPEST = 8; // levels of units that are followed

// A faculty's university, a department's ministry: the top of the house.
function houseOf(number) {
  let top = number;
  for (let level = 0; level < DEEPEST && page.organizations[top].parent !== null; level++) top = page.organizations[top].parent;
  return top;
}

function withUnits(number) {
  const found = new Set([number]);
  for (const house of found) for (const unit of neighbours().unitsOfOrganization.get(house) ?? []) found.add(unit);
  return [...found];
}

function once(make) {
  let made;
  return () => (made ??= make());
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

// "Universität" and "universitat" are found alike.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const yearOf = (row) => (row.start ?? row.end ?? "").slice(0, 4) || null;

const words = (value) => (value === null || value === undefined ? "" : String(value).replaceAll("_", " "));

const nameOfCountry = (() => {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return (code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
})();

// "2021-05-05" reads 5 May 2021; an interval has both ends; what EDTF alone can say stays EDTF.
function dayInWords(edtf) {
  if (!edtf) return "";
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
  const seasons = { 21: "spring", 22: "summer", 23: "autumn", 24: "winter" };
  const one = (value) => {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? [];
    if (!year) return value;
    if (!month) return year;
    return [day ? String(Number(day)) : null, seasons[month] ?? months[Number(month) - 1], year].filter(Boolean).join(" ");
  };
  const [start, end] = edtf.split("/");
  if (end === undefined) return one(start);
  if (end === "..") return `since ${one(start)}`;
  if (start === "..") return `until ${one(end)}`;
  return `${one(start)} – ${one(end)}`;
}
