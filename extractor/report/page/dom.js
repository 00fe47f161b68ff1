// Elements are made here and nowhere else; a text becomes a text node, never markup.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : visible(String(child)));
  }
}

function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

// Control and direction characters are shown, so that no text can hide or turn what stands beside it.
function visible(text) {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\u2421");
}

const $ = (id) => document.getElementById(id);

function announce(message) {
  $("announce").textContent = message;
}

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

// Only addresses of the web become links: a text cannot bring its own scheme.
function webLink(url, label, attributes = {}) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return h("span", {}, label);
  }
  if (!["http:", "https:"].includes(address.protocol)) return h("span", {}, label);
  return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", ...attributes }, label);
}

function confidenceBar(value) {
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("i"));
  bar.firstChild.style.width = `${Math.round(value * 100)}%`;
  return h("span", { class: "confidence" }, bar, value.toFixed(2));
}

function chip(kind, label) {
  return h("span", { class: `chip ${kind}` }, words(label ?? kind));
}

function field(label, control) {
  return h("label", { class: "field" }, h("span", {}, label), control);
}

function select(options, value, change, attributes = {}) {
  const control = h("select", { ...attributes, change: () => change(control.value) });
  for (const [key, label] of options) control.append(h("option", { value: key }, label));
  control.value = value ?? "";
  return control;
}

function listOf(names, limit = 4) {
  const shown = names.slice(0, limit).join(" · ");
  return names.length > limit ? `${shown} · and ${names.length - limit} more` : shown;
}

// A tip that the pointer and the keyboard reach alike.
function tip(element, lines) {
  const show = () => {
    const box = $("tip");
    box.replaceChildren(...lines().map((line, i) => h(i ? "div" : "strong", {}, line)));
    box.hidden = false;
    const at = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const host = element.closest("dialog") ?? document.body;
    if (box.parentNode !== host) host.append(box); // above an open sheet only what is inside is painted
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${at.bottom + box.offsetHeight + 12 > innerHeight ? at.top - box.offsetHeight - 6 : at.bottom + 6}px`;
  };
  const hide = () => ($("tip").hidden = true);
  element.addEventListener("mouseenter", show);
  element.addEventListener("focus", show);
  element.addEventListener("mouseleave", hide);
  element.addEventListener("blur", hide);
  element.setAttribute("aria-describedby", "tip");
}
