// Bars per year, bars by name: drawn with d3 at the width that there is, drawn again when that changes.
const TYPES = ["agreement", "visit", "meeting", "appointment", "establishment"];

function responsive(className, draw) {
  const holder = h("div", { class: `chart ${className}` });
  const observer = new ResizeObserver(() => holder.clientWidth && draw(holder, holder.clientWidth));
  live.push(() => {
    observer.observe(holder);
    return () => observer.disconnect();
  });
  return holder;
}

// Years with next to nothing far before the rest are gathered at the left edge, so that the bars stay readable.
function yearsOf(rows) {
  const years = rows.map((r) => Number(yearOf(r))).filter(Boolean).sort((a, b) => a - b);
  if (!years.length) return [];
  const first = Math.max(years[0], d3.quantile(years, 0.03) - 2, years.at(-1) - 60);
  return d3.range(Math.floor(first), years.at(-1) + 1);
}

function yearBars(events, types, { height = 220, pick, label }) {
  const years = yearsOf(events);
  const counted = new Map(years.map((y) => [y, Object.fromEntries(types.map((t) => [t, 0]))]));
  let earlier = 0;
  for (const event of events) {
    const year = counted.get(Number(yearOf(event)));
    if (year) year[event.type ?? "agreement"] += 1;
    else if (yearOf(event)) earlier += 1;
  }
  const draw = (holder, width) => {
    const rows = years.map((year) => ({ year, ...counted.get(year) }));
    const margin = { top: 12, right: 14, bottom: 24, left: 36 };
    const x = d3.scaleBand(years, [margin.left, width - margin.right]).padding(years.length > 40 ? 0.1 : 0.22);
    const y = d3.scaleLinear([0, d3.max(rows, (r) => d3.sum(types, (t) => r[t])) || 1], [height - margin.bottom, margin.top]).nice();
    const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height).attr("role", pick ? "group" : "img").attr("aria-label", `${label}: ${rows.filter((r) => d3.sum(types, (t) => r[t])).map((r) => `${r.year} ${d3.sum(types, (t) => r[t])}`).join(", ")}`);
    const every = Math.ceil(years.length / Math.max(1, Math.floor(width / 52)));
    svg.append("g").attr("class", "grid").attr("transform", `translate(${margin.left},0)`).call(d3.axisLeft(y).ticks(4, "d").tickSize(-(width - margin.left - margin.right))).call((g) => g.select(".domain").remove());
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - margin.bottom})`).call(d3.axisBottom(x).tickValues(years.filter((_, i) => (years.length - 1 - i) % every === 0)).tickSize(0).tickPadding(8).tickFormat(String)).call((g) => g.select(".domain").remove());
    const layers = d3.stack().keys(types)(rows);
    for (const layer of layers) {
      svg.append("g").attr("class", `fill ${layer.key}`).selectAll("rect").data(layer).join("rect").attr("x", (d) => x(d.data.year)).attr("y", (d) => y(d[1])).attr("height", (d) => Math.max(0, y(d[0]) - y(d[1]))).attr("width", x.bandwidth())
        .append("title").text((d) => `${d.data.year}: ${plural(d[1] - d[0], layer.key)}`);
    }
    if (pick) {
      svg.append("g").attr("class", "hits").selectAll("rect").data(rows).join("rect").attr("x", (d) => x(d.year)).attr("y", margin.top).attr("height", height - margin.top - margin.bottom).attr("width", x.bandwidth()).attr("tabindex", 0).attr("role", "button").attr("aria-label", (d) => `${d.year}: ${plural(d3.sum(types, (t) => d[t]), "event")}`)
        .on("click", (_, d) => pick(d.year)).on("keydown", (e, d) => ["Enter", " "].includes(e.key) && (e.preventDefault(), pick(d.year)))
        .append("title").text((d) => `${d.year}: ${types.filter((t) => d[t]).map((t) => plural(d[t], t)).join(", ") || "nothing"}`);
    }
    fill(holder, svg.node());
    if (earlier) holder.append(h("p", { class: "aside" }, `${earlier.toLocaleString("en")} earlier, not drawn`));
  };
  return years.length ? responsive("years", draw) : h("p", { class: "empty" }, "No event has a year.");
}

function barList(title, entries, { limit = 10, go }) {
  if (!entries.length) return null;
  const most = Math.max(...entries.map(([, n]) => n));
  const rows = entries.slice(0, limit).map(([label, n, target]) => {
    const bar = h("i", { "aria-hidden": "true" });
    bar.style.width = `${(100 * n) / most}%`;
    return h("li", {}, h("button", { type: "button", class: "barrow", click: () => go(target) }, h("span", { class: "name" }, label), h("span", { class: "n" }, n.toLocaleString("en")), bar));
  });
  return h("section", { class: "block" }, h("h2", {}, title), h("ol", { class: "bars" }, rows));
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}

function overviewPage() {
  const { agreements, documents, organizations, persons, failures } = page;
  const tile = (n, label, path) => h("li", {}, h("a", { href: `#/${path}` }, h("strong", {}, n.toLocaleString("en")), h("span", {}, label)));
  const countries = tally(agreements.flatMap((a) => a.countries));
  const partners = tally(agreements.flatMap((a) => a.parties));
  const instruments = tally(agreements.map((a) => a.instrument));
  const warned = documents.filter((d) => d.warnings.length).length;
  fill(
    $("main"),
    h("div", { class: "pagehead" }, h("h1", {}, "Overview"), h("p", {}, "What these texts tell about who works with whom. Each figure leads to its rows, each row to the words that it rests on.")),
    h("ul", { class: "tiles" }, tile(documents.length, "texts", "documents"), tile(agreements.length, "agreements", "agreements"), tile(page.events.length - page.events.filter((e) => e.type === "agreement").length, "other events", "timeline"), tile(organizations.length, "institutions", "institutions"), tile(persons.length, "people", "people"), tile(countries.length, "countries with an agreement", "network?by=countries")),
    h("section", { class: "block wideblock" }, h("h2", {}, "Agreements by year"), yearBars(agreements, ["agreement"], { label: "Agreements by year", pick: (y) => goTo("agreements", { from: String(y), to: String(y) }) })),
    h("div", { class: "blocks" },
      barList("Institutions with most agreements", partners.map(([n, count]) => [organizations[n].name, count, n]), { go: openOrganization }),
      barList("Countries", countries.map(([code, n]) => [nameOfCountry(code), n, code]), { go: (country) => goTo("agreements", { country }) }),
      barList("Instruments", instruments.map(([name, n]) => [words(name), n, name]), { go: (instrument) => goTo("agreements", { instrument }) })),
    h("section", { class: "block fine" }, h("h2", {}, "About this page"),
      h("p", {}, "Records were read by a program and are not free of error. Confidence is the program's own estimate: of the records given 0.90 about nine in ten are right. Mark records right or wrong under ", h("a", { href: "#/check" }, "Check"), " to learn how good they are on these texts."),
      h("p", {}, [plural(warned, "text has", "texts have"), " warnings; ", plural(failures.length, "input"), " could not be read. See ", h("a", { href: "#/documents" }, "Documents"), "."]),
      h("p", {}, "Made by extractor ", Object.keys(page.meta.stamps).join("; "), ". This page works offline and sends nothing anywhere.")),
  );
  settle();
}

function timelinePage() {
  const chosen = () => TYPES.filter((t) => !(address().filters.hide ?? "").split(",").includes(t));
  const toggle = (type) => {
    const hidden = TYPES.filter((t) => (t === type ? chosen().includes(t) : !chosen().includes(t)));
    keepFilters({ ...address().filters, hide: hidden.join(",") || undefined });
    render();
  };
  const legendItems = TYPES.map((t) => h("button", { type: "button", class: `key ${t}`, "aria-pressed": String(chosen().includes(t)), click: () => toggle(t) }, h("i", { "aria-hidden": "true" }), t));
  const shown = page.events.filter((e) => chosen().includes(e.type));
  for (const row of shown) row.countries ??= countriesOf(partiesOf(row));
  tablePage("Timeline", "All events with a date, by year. Pick a year to see its events below.", shown, {
    filters: [
      { key: "q", label: "Search", placeholder: "any words" },
      { key: "year", label: "Year", options: optionsOf(shown, yearOf, (y) => y).reverse() },
      { key: "country", label: "Country", options: optionsOf(shown, (r) => r.countries, nameOfCountry) },
    ],
    fits: (row, v) => holds(row, v.q, () => [...namesOf(partiesOf(row)), ...peopleNames(peopleOf(row)), row.trigger, row.type, words(row.instrument)].join(" ")) && (!v.year || yearOf(row) === v.year) && (!v.country || row.countries.includes(v.country)),
    columns: [
      { key: "who", label: "Who", class: "wide", sort: (r) => (namesOf(partiesOf(r))[0] ?? peopleNames(peopleOf(r))[0])?.toLowerCase(), show: (r) => listOf(namesOf(partiesOf(r)), 3) || listOf(peopleNames(peopleOf(r)), 3) || h("span", { class: "none" }, "nobody named") },
      dateColumn(),
      { key: "type", label: "Event", class: "kind", sort: (r) => r.type, show: (r) => h("span", { class: `key ${r.type}` }, h("i", { "aria-hidden": "true" }), r.type) },
      { key: "action", label: "Action", class: "mid extra", sort: (r) => r.action, show: (r) => chip(r.action) },
      { key: "words", label: "Words", class: "wide extra", show: (r) => `“${r.trigger}”` },
      confidenceColumn,
    ],
    sort: { key: "date", way: -1 },
    open: (row) => openDocument(row.doc, { event: row.id }),
  });
  const pick = (year) => { keepFilters({ ...address().filters, year: String(year) }); render(); };
  $("main").querySelector(".filters").before(h("section", { class: "block wideblock" }, h("div", { class: "legendrow", role: "group", "aria-label": "Types of event" }, legendItems), yearBars(shown, chosen(), { height: 240, pick, label: "Events by year" })));
  settle();
}
