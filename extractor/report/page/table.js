// A table of any length: only the rows in sight are in the page. Sorts by its heads, moves by arrow keys, opens by Enter or a click.
function makeTable({ caption, columns, open, sort, empty }) {
  const state = { rows: [], sorted: sort ?? null, active: 0, first: -1, last: -1 };
  const body = h("tbody");
  const heads = columns.map((column) => headOf(column));
  const table = h("table", { class: "rows" }, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, heads.map((x) => x.cell))), body);
  const note = h("p", { class: "empty", hidden: true }, empty ?? "Nothing fits these filters.");
  const element = h("div", { class: "tablewrap" }, table, note);

  function headOf(column) {
    const cell = h("th", { scope: "col", class: column.class });
    if (!column.sort) {
      cell.append(column.label);
      return { cell };
    }
    cell.append(h("button", { type: "button", class: "sort", click: () => sortBy(column.key) }, column.label));
    return { cell, column };
  }

  function sortBy(key) {
    const same = state.sorted?.key === key;
    const first = columns.find((c) => c.key === key).descends ? -1 : 1;
    state.sorted = { key, way: same ? -state.sorted.way : first };
    show(state.rows);
  }

  function order(rows) {
    for (const { cell, column } of heads) {
      const way = column && state.sorted?.key === column.key ? state.sorted.way : 0;
      if (column) cell.setAttribute("aria-sort", way === 0 ? "none" : way > 0 ? "ascending" : "descending");
    }
    if (!state.sorted) return rows;
    const { key, way } = state.sorted;
    const value = columns.find((c) => c.key === key).sort;
    const keyed = rows.map((row) => [value(row), row]);
    const isEmpty = (x) => x === null || x === undefined || x === "";
    keyed.sort(([a], [b]) => (isEmpty(a) || isEmpty(b) ? compare(a || null, b || null) : way * compare(a, b)));
    return keyed.map(([, row]) => row);
  }

  function show(rows) {
    state.rows = order(rows);
    state.active = 0;
    table.setAttribute("aria-rowcount", rows.length + 1);
    table.hidden = rows.length === 0;
    note.hidden = rows.length > 0;
    draw(true);
  }

  const rowHeight = () => parseFloat(getComputedStyle(element).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);

  function draw(force, all = false) {
    if (!element.isConnected) return;
    const height = rowHeight();
    const scroller = element.closest("dialog .scroll");
    const above = body.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
    const room = scroller?.clientHeight ?? innerHeight;
    let first = all ? 0 : Math.max(0, Math.floor(-above / height) - 8);
    first -= first % 2;
    const last = all ? Math.min(state.rows.length, 1000) : Math.min(state.rows.length, Math.ceil((room - above) / height) + 8);
    if (!force && first === state.first && last === state.last) return;
    Object.assign(state, { first, last });
    const focused = body.contains(document.activeElement);
    body.replaceChildren(spacer(first * height), ...state.rows.slice(first, last).map((row, i) => line(row, first + i)), spacer((state.rows.length - last) * height));
    if (focused) body.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  function spacer(height) {
    const row = h("tr", { class: "spacer", "aria-hidden": "true" }, h("td", { colspan: columns.length }));
    row.firstChild.style.height = `${Math.max(0, height)}px`;
    return row;
  }

  function line(row, at) {
    const cells = columns.map((column, i) => {
      const shown = column.show(row);
      const inside = i === 0 && open ? h("button", { type: "button", class: "open", tabindex: at === state.active ? "0" : "-1" }, shown) : shown;
      return h(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: column.class }, h("div", { class: "cell", "data-label": column.label.toLowerCase() }, inside));
    });
    return h("tr", { "aria-rowindex": at + 2, class: at % 2 ? "odd" : null, click: () => { state.active = at; open?.(row); } }, cells);
  }

  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity }[event.key];
    if (!step || !event.target.classList.contains("open")) return;
    event.preventDefault();
    state.active = Math.max(0, Math.min(state.rows.length - 1, state.active + step));
    const height = rowHeight();
    const top = body.getBoundingClientRect().top + state.active * height;
    if (top < 140 || top > innerHeight - 2 * height) (element.closest("dialog .scroll") ?? window).scrollBy(0, top - innerHeight / 2);
    draw(true);
    body.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  });

  const redraw = () => draw(false);
  live.push(() => {
    addEventListener("scroll", redraw, { passive: true, capture: true });
    addEventListener("resize", redraw);
    const print = () => draw(true, true);
    addEventListener("beforeprint", print);
    return () => {
      removeEventListener("scroll", redraw, { capture: true });
      removeEventListener("resize", redraw);
      removeEventListener("beforeprint", print);
    };
  });
  return { element, show, rows: () => state.rows };
}

// What a page has put on the window, taken off again when the page is left.
const live = [];
const undo = [];

function settle() {
  while (live.length) undo.push(live.pop()());
}

function leave() {
  while (undo.length) undo.pop()();
}

// A row of filters whose values live in the address, so that a view can be kept and gone back to.
function makeFilters(specs, change) {
  const values = { ...address().filters };
  let wait;
  const set = (key, value) => {
    if (value) values[key] = value;
    else delete values[key];
    keepFilters(values);
    clearTimeout(wait);
    wait = setTimeout(() => change(values), 60);
  };
  const controls = specs.map((spec) => {
    if (spec.options) return field(spec.label, select([["", spec.any ?? "any"], ...spec.options], values[spec.key], (v) => set(spec.key, v), { name: spec.key }));
    const input = h("input", { type: spec.type ?? "search", name: spec.key, placeholder: spec.placeholder, list: spec.list, min: spec.min, max: spec.max, step: spec.step, input: () => set(spec.key, input.value.trim()) });
    input.value = values[spec.key] ?? "";
    return field(spec.label, input);
  });
  const clear = h("button", { type: "button", class: "quiet", click: () => { keepFilters({}); render(); } }, "Clear");
  const more = h("button", { type: "button", class: "more", "aria-expanded": "false", click: () => more.setAttribute("aria-expanded", String(form.classList.toggle("unfolded"))) }, "Filters");
  const form = h("form", { class: `filters ${specs[0].options ? "" : "searched"}`, role: "search", submit: (e) => e.preventDefault() }, controls[0], more, controls.slice(1), clear);
  return { element: form, values };
}

function optionsOf(rows, valueOf, labelOf = words) {
  const counts = new Map();
  for (const row of rows) for (const value of [valueOf(row)].flat()) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => [value, `${labelOf(value)} (${n.toLocaleString("en")})`]).sort((a, b) => compare(a[1], b[1]));
}

function isInYears(row, from, to) {
  const year = yearOf(row);
  if (!from && !to) return true;
  return year !== null && (!from || year >= from) && (!to || year <= to);
}
