// The address says what is shown: #/agreements?country=DE&q=jena can be kept and gone back to.
const PAGES = {
  overview: ["Overview", overviewPage],
  agreements: ["Agreements", agreementsPage],
  institutions: ["Institutions", institutionsPage],
  people: ["People", peoplePage],
  timeline: ["Timeline", timelinePage],
  network: ["Network", networkPage],
  documents: ["Documents", documentsPage],
  check: ["Check", checkPage],
};

function address() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { name: PAGES[path] ? path : "overview", filters: Object.fromEntries(new URLSearchParams(query ?? "")) };
}

function hashOf(name, filters) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, v]) => v)).toString();
  return `#/${name}${query ? `?${query}` : ""}`;
}

function keepFilters(filters) {
  history.replaceState(null, "", hashOf(address().name, filters));
}

function goTo(name, filters = {}) {
  if ($("sheet").open) $("sheet").close();
  location.hash = hashOf(name, filters);
}

function render() {
  leave();
  live.length = 0;
  const { name } = address();
  document.title = `${PAGES[name][0]} – ${page.meta.title}`;
  PAGES[name][1]();
  drawNav();
}

function drawNav() {
  const { name } = address();
  const count = (key) => (key === "check" && corrections.size ? h("span", { class: "badge", title: "corrections to save" }, corrections.size) : null);
  fill($("nav"), ...Object.entries(PAGES).map(([key, [label]]) => h("li", {}, h("a", { href: `#/${key}`, "aria-current": key === name ? "page" : null }, label, count(key)))));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("extractor-report theme", theme);
  } catch {
    // the choice lasts as long as the page
  }
}

function recallTheme() {
  try {
    const theme = localStorage.getItem("extractor-report theme");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // nothing was kept
  }
}

async function start() {
  recallTheme();
  if (typeof DecompressionStream === "undefined") {
    $("wait").textContent = "This page needs a browser of 2023 or later (Chrome 80, Firefox 113, Safari 16.4).";
    return;
  }
  await loadIndex();
  recallCorrections();
  const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  $("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
  $("sheet").addEventListener("click", (event) => event.target === $("sheet") && $("sheet").close());
  $("sheet").addEventListener("close", () => { $("tip").hidden = true; $("sheet").replaceChildren(); if (address().name === "check") { drawPrecision(); drawKept(); } });
  addEventListener("hashchange", () => { render(); scrollTo(0, 0); $("main").focus({ preventScroll: true }); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") $("tip").hidden = true;
    if (event.key === "/" && !event.target.closest("input, select, textarea") && !$("sheet").open) {
      event.preventDefault();
      document.querySelector('.filters input[name="q"]')?.focus();
    }
  });
  render();
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => {
  $("main").textContent = `The records could not be unpacked: ${error.message}`;
  throw error;
});
