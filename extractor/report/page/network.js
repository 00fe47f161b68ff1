// Who works with whom: the strongest ties as a drawing, all of them as a list below.
const SHOWN = [25, 50, 100, 200];

function tiesOf(events, nodesOf) {
  const ties = new Map();
  for (const event of events) {
    const nodes = [...nodesOf(event)].sort((a, b) => compare(a, b));
    for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
      const key = `${nodes[i]}|${nodes[j]}`;
      if (!ties.has(key)) ties.set(key, { source: nodes[i], target: nodes[j], events: [] });
      ties.get(key).events.push(event);
    }
  }
  return [...ties.values()].sort((a, b) => b.events.length - a.events.length || compare(a.source, b.source) || compare(a.target, b.target));
}

// Ties are taken from the strongest on, of equal ones those of busier ends, until so many nodes are in.
function strongest(ties, limit) {
  const weight = new Map();
  for (const tie of ties) for (const end of [tie.source, tie.target]) weight.set(end, (weight.get(end) ?? 0) + tie.events.length);
  const busy = (tie) => weight.get(tie.source) + weight.get(tie.target);
  const kept = new Set();
  for (const tie of [...ties].sort((a, b) => b.events.length - a.events.length || busy(b) - busy(a))) {
    const fresh = [tie.source, tie.target].filter((n) => !kept.has(n));
    if (kept.size + fresh.length <= limit) fresh.forEach((n) => kept.add(n));
  }
  const links = ties.filter((t) => kept.has(t.source) && kept.has(t.target)).map((t) => ({ ...t }));
  const nodes = [...kept].map((id) => ({ id, weight: weight.get(id) })).sort((a, b) => b.weight - a.weight);
  return { nodes, links };
}

function networkPage() {
  const value = address().filters;
  const byCountry = value.by === "countries";
  // an agreement told by several texts ties its parties once
  const acts = [...page.agreements, ...page.events.filter((e) => e.type !== "agreement")];
  for (const act of acts) act.countries ??= countriesOf(partiesOf(act));
  const partiesIn = (act) => [...new Set((act.parties ?? partiesOf(act)).map(houseOf))];
  const types = (value.type ?? "agreement") === "all" ? TYPES : [value.type ?? "agreement"];
  const kept = acts.filter((a) => types.includes(a.type) && isInYears(a, value.from, value.to) && (!value.country || a.countries.includes(value.country)));
  const ties = tiesOf(kept, byCountry ? (a) => a.countries : partiesIn);
  const { nodes, links } = strongest(ties, Number(value.show ?? 50));
  const years = optionsOf(acts, yearOf, (y) => y);
  const again = () => render();
  const bar = makeFilters([
    { key: "by", label: "Draw", any: "institutions", options: [["countries", "countries"]] },
    { key: "type", label: "Tied by", any: "agreements", options: [...TYPES.slice(1).map((t) => [t, `${t}s`]), ["all", "all events"]] },
    { key: "country", label: "Country", options: optionsOf(acts, (a) => a.countries, nameOfCountry) },
    { key: "from", label: "From", options: years },
    { key: "to", label: "To", options: years },
    { key: "show", label: "Show", any: "50 strongest", options: SHOWN.filter((n) => n !== 50).map((n) => [String(n), `${n} strongest`]) },
  ], again);
  const nameOf = (id) => (byCountry ? nameOfCountry(id) : page.organizations[id].name);
  const groupOf = (id) => (byCountry ? "country" : groupOfKind(page.organizations[id].kind));
  const open = (id) => (byCountry ? goTo("agreements", { country: id }) : openOrganization(id));
  fill(
    $("main"),
    h("div", { class: "pagehead" }, h("h1", {}, "Network"), h("p", {}, byCountry ? "Countries whose institutions share an event." : "Institutions that share an event, units counted to their house. A thicker line means more events; pick an institution to read on.")),
    bar.element,
    h("p", { class: "found", role: "status" }, nodes.length ? `${plural(nodes.length, byCountry ? "country" : "institution", byCountry ? "countries" : "institutions")} and ${plural(links.length, "tie")} drawn, of ${plural(ties.length, "tie")} in all` : "No ties fit these filters."),
    nodes.length ? drawing(nodes, links, { nameOf, groupOf, open }) : null,
    nodes.length && !byCountry ? h("p", { class: "legend" }, ["university", "hospital", "government", "other"].map((g) => h("span", { class: `key group ${g}` }, h("i", { "aria-hidden": "true" }), g))) : null,
    tieTable(ties, nameOf),
  );
  settle();
}

const groupOfKind = (kind) => (["university", "faculty", "department", "institute", "laboratory"].includes(kind) ? "university" : ["hospital", "government"].includes(kind) ? kind : "other");

function drawing(nodes, links, { nameOf, groupOf, open }) {
  const size = d3.scaleSqrt([0, d3.max(nodes, (n) => n.weight)], [4, 17]);
  const force = d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((n) => n.id).distance(80).strength((l) => 0.25 + 0.1 * Math.min(5, l.events.length)))
    .force("charge", d3.forceManyBody().strength(-320)).force("x", d3.forceX().strength(0.07)).force("y", d3.forceY().strength(0.1))
    .force("collide", d3.forceCollide((n) => size(n.weight) + 10)).stop();
  force.tick(300); // d3 starts each layout from the same places: equal data, equal picture
  const [left, right] = d3.extent(nodes, (n) => n.x);
  const [top, bottom] = d3.extent(nodes, (n) => n.y);
  const pad = 70;
  const box = [left - pad, top - pad, right - left + 2 * pad, bottom - top + 2 * pad];
  const svg = d3.create("svg").attr("viewBox", box).attr("preserveAspectRatio", "xMidYMid meet").attr("class", "network").attr("role", "group").attr("aria-label", `Network of ${nodes.length} nodes; the list below tells the same`);
  const inner = svg.append("g");
  const zoom = d3.zoom().scaleExtent([0.4, 8]).on("zoom", ({ transform }) => {
    inner.attr("transform", transform);
    name(transform.k);
  });
  svg.call(zoom);
  inner.append("g").attr("class", "links").selectAll("line").data(links).join("line").attr("x1", (l) => l.source.x).attr("y1", (l) => l.source.y).attr("x2", (l) => l.target.x).attr("y2", (l) => l.target.y).attr("stroke-width", (l) => 1 + 1.2 * Math.sqrt(l.events.length - 1))
    .append("title").text((l) => `${nameOf(l.source.id)} – ${nameOf(l.target.id)}: ${plural(l.events.length, "event")}`);
  const node = inner.append("g").attr("class", "nodes").selectAll("g").data(nodes).join("g").attr("transform", (n) => `translate(${n.x},${n.y})`).attr("tabindex", 0).attr("role", "button").attr("aria-label", (n) => `${nameOf(n.id)}, ${plural(n.weight, "tie")}`).attr("class", (n) => groupOf(n.id))
    .on("click", (_, n) => open(n.id)).on("keydown", (e, n) => e.key === "Enter" && open(n.id))
    .on("mouseenter focus", (_, n) => light(n)).on("mouseleave blur", () => light(null));
  node.append("circle").attr("r", (n) => size(n.weight));
  node.append("title").text((n) => `${nameOf(n.id)}: ${plural(n.weight, "tie")}`);
  let zoomed = 1;
  const labels = inner.append("g").attr("class", "labels").attr("aria-hidden", "true").selectAll("text").data(nodes).join("text").attr("x", (n) => n.x).text((n) => short(nameOf(n.id)));
  function light(chosen) {
    const near = new Set(chosen ? links.filter((l) => l.source === chosen || l.target === chosen).flatMap((l) => [l.source, l.target]) : []);
    svg.classed("dimmed", Boolean(chosen));
    for (const drawn of [node, labels]) drawn.classed("near", (n) => n === chosen || near.has(n));
    inner.selectAll(".links line").classed("near", (l) => l.source === chosen || l.target === chosen);
  }
  // Names that would lie on another stay out of sight until the zoom makes room; the busiest come first.
  function name(zoomedBy) {
    zoomed = zoomedBy;
    const shown = Math.min(svg.node().clientWidth / box[2], svg.node().clientHeight / box[3]) || 1;
    const k = zoomed * shown;
    const taken = [];
    labels.attr("font-size", 12 / k).attr("stroke-width", 3.5 / k).attr("y", (n) => n.y + size(n.weight) + 13 / k).classed("crowded", (n) => {
      const half = (3.4 * short(nameOf(n.id)).length) / k;
      const place = [n.x - half, n.y + size(n.weight), n.x + half, n.y + size(n.weight) + 17 / k];
      const clash = taken.some((t) => place[0] < t[2] && place[2] > t[0] && place[1] < t[3] && place[3] > t[1]) || nodes.some((m) => m !== n && m.weight >= n.weight && Math.hypot(m.x - n.x, m.y - n.y - size(n.weight) - 9 / k) < size(m.weight) + 6 / k);
      if (!clash) taken.push(place);
      return clash;
    });
  }
  const scale = (by) => () => svg.transition().duration(matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200).call(by === 0 ? zoom.transform : zoom.scaleBy, by === 0 ? d3.zoomIdentity : by);
  const buttons = h("div", { class: "zoom" }, h("button", { type: "button", "aria-label": "Zoom in", click: scale(1.5) }, "+"), h("button", { type: "button", "aria-label": "Zoom out", click: scale(1 / 1.5) }, "−"), h("button", { type: "button", "aria-label": "Show all", click: scale(0) }, "⤢"));
  const figure = h("figure", { class: "networkbox" }, svg.node(), buttons);
  live.push(() => {
    const observer = new ResizeObserver(() => name(zoomed));
    observer.observe(figure);
    return () => observer.disconnect();
  });
  return figure;
}

const short = (name) => (name.length > 30 ? `${name.slice(0, 28).trimEnd()}…` : name);

function tieTable(ties, nameOf) {
  const span = (tie) => d3.extent(tie.events.map(yearOf).filter(Boolean)).filter(Boolean);
  const table = makeTable({
    caption: "Ties",
    columns: [
      { key: "pair", label: "Tie", class: "wide", sort: (t) => nameOf(t.source).toLowerCase(), show: (t) => `${nameOf(t.source)} – ${nameOf(t.target)}` },
      { key: "n", label: "Events", class: "num", sort: (t) => t.events.length, descends: true, show: (t) => t.events.length },
      { key: "years", label: "Years", class: "date", sort: (t) => span(t)[1], descends: true, show: (t) => [...new Set(span(t))].join(" – ") },
    ],
    sort: { key: "n", way: -1 },
    open: (tie) => openSheet(`${nameOf(tie.source)} – ${nameOf(tie.target)}`, null, h("div", { class: "scroll panel" }, eventList("Events", tie.events.flatMap((a) => a.tellings ?? [a])))),
  });
  live.push(() => {
    table.show(ties);
    return () => {};
  });
  return h("section", { class: "ties" }, h("h2", {}, "All ties"), table.element);
}
