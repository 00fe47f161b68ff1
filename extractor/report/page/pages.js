// The pages that are tables: agreements, institutions, people, documents.
const dateColumn = (label = "Date") => ({ key: "date", label, class: "date", sort: (r) => r.start ?? r.end, descends: true, show: (r) => dayInWords(r.edtf) || h("span", { class: "none" }, "no date") });
const confidenceColumn = { key: "confidence", label: "Confidence", class: "num", sort: (r) => r.confidence, descends: true, show: (r) => confidenceBar(r.confidence) };
const countryNames = (codes) => codes.map(nameOfCountry).join(", ");
const namesOf = (numbers) => numbers.map((n) => page.organizations[n].name);
const peopleNames = (numbers) => numbers.map((n) => page.persons[n].name);

function tablePage(title, intro, rows, { filters, fits, columns, open, sort, csv }) {
  const count = h("p", { class: "found", role: "status" });
  const table = makeTable({ caption: title, columns, open, sort });
  const change = (values) => {
    const kept = rows.filter((row) => fits(row, values));
    table.show(kept);
    count.textContent = kept.length === rows.length ? plural(rows.length, "row") : `${kept.length.toLocaleString("en")} of ${plural(rows.length, "row")}`;
  };
  const bar = makeFilters(filters, change);
  fill($("main"), h("div", { class: "pagehead" }, h("h1", {}, title), intro && h("p", {}, intro)), bar.element, count, table.element);
  settle();
  change(bar.values);
}

function hay(row, make) {
  return (row.hay ??= fold(make()));
}

const holds = (row, q, make) => !q || fold(q).split(/\s+/).every((word) => hay(row, make).includes(word));

function agreementHay(row) {
  const docs = row.tellings.map((e) => page.documents[e.doc].title);
  const names = row.parties.flatMap((n) => [page.organizations[n].name, ...page.organizations[n].aliases]);
  return [...names, countryNames(row.countries), words(row.instrument), words(row.action), row.trigger, ...peopleNames(row.tellings.flatMap(peopleOf)), ...docs].join(" ");
}

function agreementsPage() {
  const rows = page.agreements;
  const years = optionsOf(rows, yearOf, (y) => y);
  const list = h("datalist", { id: "parties" }, optionsOf(rows, (r) => namesOf(r.parties)).map(([name]) => h("option", { value: name })));
  tablePage("Agreements", "One row for each agreement. Open a row to read the sentence that tells it.", rows, {
    filters: [
      { key: "q", label: "Search", placeholder: "any words" },
      { key: "party", label: "Party", placeholder: "any", list: "parties" },
      { key: "country", label: "Country", options: optionsOf(rows, (r) => r.countries, nameOfCountry) },
      { key: "from", label: "From", options: years },
      { key: "to", label: "To", options: years },
      { key: "instrument", label: "Instrument", options: optionsOf(rows, (r) => r.instrument) },
      { key: "action", label: "Action", options: optionsOf(rows, (r) => r.action) },
      { key: "sure", label: "Confidence", options: [["0.9", "0.9 and above"], ["0.7", "0.7 and above"], ["0.5", "0.5 and above"]] },
    ],
    fits: (row, v) =>
      holds(row, v.q, () => agreementHay(row)) &&
      (!v.party || row.parties.some((n) => fold([page.organizations[n].name, ...page.organizations[n].aliases].join(" ")).includes(fold(v.party)))) &&
      (!v.country || row.countries.includes(v.country)) &&
      isInYears(row, v.from, v.to) &&
      (!v.instrument || row.instrument === v.instrument) &&
      (!v.action || row.action === v.action) &&
      (!v.sure || row.confidence >= Number(v.sure)),
    columns: [
      { key: "parties", label: "Parties", class: "wide", sort: (r) => namesOf(r.parties).join(" ").toLowerCase(), show: (r) => (r.parties.length ? listOf(namesOf(r.parties)) : h("span", { class: "none" }, "no named party")) },
      dateColumn(),
      { key: "action", label: "Action", sort: (r) => r.action, show: (r) => chip(r.action) },
      { key: "instrument", label: "Instrument", class: "mid", sort: (r) => r.instrument, show: (r) => words(r.instrument) },
      { key: "countries", label: "Countries", class: "mid extra", sort: (r) => countryNames(r.countries), show: (r) => countryNames(r.countries) },
      { key: "texts", label: "Texts", class: "num extra", sort: (r) => new Set(r.tellings.map((e) => e.doc)).size, descends: true, show: (r) => new Set(r.tellings.map((e) => e.doc)).size },
      confidenceColumn,
    ],
    sort: { key: "date", way: -1 },
    open: (row) => (row.tellings.length === 1 ? openDocument(row.spoken.doc, { event: row.spoken.id }) : openAgreement(row)),
  });
  $("main").append(list);
}

function openAgreement(row) {
  const conflicts = row.conflicts.length ? h("div", { class: "warnings" }, h("h3", {}, "The texts do not agree"), h("ul", {}, row.conflicts.map((c) => h("li", {}, c)))) : null;
  openSheet(listOf(namesOf(row.parties)), h("p", { class: "facts" }, `${words(row.instrument)} · ${plural(row.tellings.length, "telling")}`), h("div", { class: "scroll panel" }, conflicts, eventList("What the texts tell", row.tellings)));
}

function eventList(title, events) {
  if (!events.length) return null;
  const ordered = [...events].sort((a, b) => compare(a.start ?? a.end, b.start ?? b.end));
  return h("section", {}, h("h3", {}, `${title} `, h("span", { class: "count" }, events.length)), h("ul", { class: "entries" }, ordered.slice(0, 300).map(eventEntry)));
}

function eventEntry(event) {
  const who = namesOf(partiesOf(event));
  const what = [event.type === "agreement" ? words(event.instrument) : words(event.type), who.length ? listOf(who, 3) : listOf(peopleNames(peopleOf(event)), 3)].filter(Boolean).join(": ");
  return h("li", {}, h("button", { type: "button", class: "entry", click: () => openDocument(event.doc, { event: event.id }) }, h("span", { class: "when" }, dayInWords(event.edtf) || "no date"), h("span", { class: "what" }, what, h("small", {}, "“", event.trigger, "” – ", page.documents[event.doc].title)), chip(event.action)));
}

function unitList(units) {
  if (!units.length) return null;
  const entry = (n) => h("li", {}, h("button", { type: "button", class: "entry", click: () => openOrganization(n) }, h("span", { class: "what" }, page.organizations[n].name), chip("unit", page.organizations[n].kind)));
  return h("section", {}, h("h3", {}, "Units ", h("span", { class: "count" }, units.length)), h("ul", { class: "entries" }, units.map(entry)));
}

function roleEntry(role, isOfPerson, house) {
  const unit = !isOfPerson && role.organization !== house ? page.organizations[role.organization].name : null;
  const whom = isOfPerson ? role.organization !== null && page.organizations[role.organization].name : role.person !== null && page.persons[role.person].name;
  return h("li", {}, h("button", { type: "button", class: "entry", click: () => openDocument(role.doc, { record: role.id }) }, h("span", { class: "what" }, [[role.title, unit].filter(Boolean).join(", "), whom].filter(Boolean).join(isOfPerson ? ", " : " – "), h("small", {}, page.documents[role.doc].title)), chip(role.status)));
}

function roleList(roles, isOfPerson, house) {
  if (!roles.length) return null;
  return h("section", {}, h("h3", {}, isOfPerson ? "Posts " : "People and their posts ", h("span", { class: "count" }, roles.length)), h("ul", { class: "entries" }, roles.slice(0, 300).map((r) => roleEntry(r, isOfPerson, house))));
}

function openOrganization(number) {
  const row = page.organizations[number];
  const { eventsOfOrganization, rolesOfOrganization } = neighbours();
  const all = withUnits(number);
  const events = [...new Set(all.flatMap((n) => eventsOfOrganization.get(n) ?? []))];
  const roles = all.flatMap((n) => rolesOfOrganization.get(n) ?? []);
  const facts = [row.kind, row.country && nameOfCountry(row.country), row.parent !== null && `part of ${page.organizations[row.parent].name}`].filter(Boolean).join(" · ");
  const content = h("div", { class: "scroll panel" },
    row.aliases.length ? h("p", {}, "Also: ", row.aliases.join(" · ")) : null,
    row.ror ? h("p", {}, "ROR: ", webLink(row.ror, row.ror)) : null,
    eventList("Agreements", events.filter((e) => e.type === "agreement")),
    eventList("Other events", events.filter((e) => e.type !== "agreement")),
    roleList(roles, false, number),
    unitList(all.slice(1)));
  openSheet(row.name, h("p", { class: "facts" }, facts, ` · in ${plural(row.documents, "text")}`), content);
}

function openPerson(number) {
  const row = page.persons[number];
  const { eventsOfPerson, rolesOfPerson } = neighbours();
  const content = h("div", { class: "scroll panel" }, roleList(rolesOfPerson.get(number) ?? [], true), eventList("Events", eventsOfPerson.get(number) ?? []));
  openSheet(row.name, h("p", { class: "facts" }, [row.honorific, `in ${plural(row.documents, "text")}`].filter(Boolean).join(" · ")), content);
}

const countIn = (map, row) => map.get(row.number)?.length ?? 0;

function institutionsPage() {
  const rows = page.organizations;
  const { eventsOfOrganization, rolesOfOrganization } = neighbours();
  for (const row of rows) row.agreements ??= (eventsOfOrganization.get(row.number) ?? []).filter((e) => e.type === "agreement").length;
  tablePage("Institutions", "One row for each institution over all texts. Open a row for its agreements, events and people.", rows, {
    filters: [
      { key: "q", label: "Search", placeholder: "name, acronym, parent" },
      { key: "kind", label: "Kind", options: optionsOf(rows, (r) => r.kind) },
      { key: "country", label: "Country", options: optionsOf(rows, (r) => r.country, nameOfCountry) },
    ],
    fits: (row, v) => holds(row, v.q, () => [row.name, ...row.aliases, row.parent === null ? "" : page.organizations[row.parent].name].join(" ")) && (!v.kind || row.kind === v.kind) && (!v.country || row.country === v.country),
    columns: [
      { key: "name", label: "Name", class: "wide", sort: (r) => r.name.toLowerCase(), show: (r) => r.name },
      { key: "kind", label: "Kind", sort: (r) => r.kind, show: (r) => words(r.kind) },
      { key: "country", label: "Country", class: "mid", sort: (r) => r.country && nameOfCountry(r.country), show: (r) => (r.country ? nameOfCountry(r.country) : "") },
      { key: "parent", label: "Part of", class: "mid extra", sort: (r) => (r.parent === null ? null : page.organizations[r.parent].name), show: (r) => (r.parent === null ? "" : page.organizations[r.parent].name) },
      { key: "agreements", label: "Agreements", class: "num", sort: (r) => r.agreements, descends: true, show: (r) => r.agreements || "" },
      { key: "people", label: "Posts", class: "num extra", sort: (r) => countIn(rolesOfOrganization, r), descends: true, show: (r) => countIn(rolesOfOrganization, r) || "" },
      { key: "texts", label: "Texts", class: "num", sort: (r) => r.documents, descends: true, show: (r) => r.documents },
    ],
    sort: { key: "agreements", way: -1 },
    open: (row) => openOrganization(row.number),
  });
}

function peoplePage() {
  const rows = page.persons;
  const { eventsOfPerson, rolesOfPerson } = neighbours();
  const posts = (row) => (rolesOfPerson.get(row.number) ?? []).map((r) => [r.title, r.organization !== null && page.organizations[r.organization].name].filter(Boolean).join(", "));
  tablePage("People", "One row for each person over all texts. Open a row for posts and events.", rows, {
    filters: [{ key: "q", label: "Search", placeholder: "name, post, institution" }, { key: "rank", label: "Rank", options: optionsOf(page.roles.filter((r) => r.person !== null), (r) => r.rank) }],
    fits: (row, v) => holds(row, v.q, () => [row.name, row.honorific ?? "", ...posts(row)].join(" ")) && (!v.rank || (rolesOfPerson.get(row.number) ?? []).some((r) => r.rank === v.rank)),
    columns: [
      { key: "name", label: "Name", class: "wide", sort: (r) => r.name.toLowerCase(), show: (r) => r.name },
      { key: "honorific", label: "Honorific", class: "extra", sort: (r) => r.honorific, show: (r) => r.honorific ?? "" },
      { key: "posts", label: "Posts", class: "wide", sort: (r) => countIn(rolesOfPerson, r), descends: true, show: (r) => listOf([...new Set(posts(r))], 2) },
      { key: "events", label: "Events", class: "num", sort: (r) => countIn(eventsOfPerson, r), descends: true, show: (r) => countIn(eventsOfPerson, r) || "" },
      { key: "texts", label: "Texts", class: "num", sort: (r) => r.documents, descends: true, show: (r) => r.documents },
    ],
    sort: { key: "events", way: -1 },
    open: (row) => openPerson(row.number),
  });
}

function documentsPage() {
  const rows = page.documents;
  tablePage("Documents", null, rows, {
    filters: [
      { key: "q", label: "Search", placeholder: "title, file, publisher" },
      { key: "state", label: "Show", any: "all", options: [["warned", "with warnings"], ["eventless", "without events"]] },
    ],
    fits: (row, v) => holds(row, v.q, () => [row.title, row.path ?? "", row.id, row.publisher === null ? "" : page.organizations[row.publisher].name].join(" ")) && (v.state !== "warned" || row.warnings.length > 0) && (v.state !== "eventless" || row.events === 0),
    columns: [
      { key: "title", label: "Title", class: "wide", sort: (r) => r.title.toLowerCase(), show: (r) => r.title },
      { key: "published", label: "Published", class: "date", sort: (r) => r.published, descends: true, show: (r) => dayInWords(r.published) || h("span", { class: "none" }, "no day") },
      { key: "publisher", label: "Publisher", class: "mid extra", sort: (r) => r.publisher !== null && page.organizations[r.publisher].name, show: (r) => (r.publisher === null ? "" : page.organizations[r.publisher].name) },
      { key: "file", label: "File", class: "mid extra", sort: (r) => r.path, show: (r) => r.path ?? r.id },
      { key: "events", label: "Events", class: "num", sort: (r) => r.events, descends: true, show: (r) => r.events || "" },
      { key: "warnings", label: "Warnings", class: "num", sort: (r) => r.warnings.length, descends: true, show: (r) => r.warnings.length || "" },
    ],
    sort: { key: "published", way: -1 },
    open: (row) => openDocument(row.number),
  });
  if (page.failures.length) $("main").querySelector(".pagehead").append(failureList());
}

function failureList() {
  return h("details", { class: "failures" }, h("summary", {}, `${plural(page.failures.length, "input")} could not be read`), h("ul", {}, page.failures.slice(0, 500).map((f) => h("li", {}, chip("failed", f.reason), " ", f.message))));
}
