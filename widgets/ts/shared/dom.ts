// Element builders. Text always goes in as a text node, so a variable called `<img onerror=...>` stays a name.

export type Child = Node | string | number | null | undefined | false;
type Value = string | number | boolean | null | undefined;
type Listener = (event: never) => void;
export type Props = { [key: string]: Value | Listener | Record<string, string | number> };

const SVG_NS = "http://www.w3.org/2000/svg";

function apply(el: HTMLElement | SVGElement, props: Props | null, children: Child[]): void {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on") && typeof value === "function") {
      el.addEventListener(key.slice(2).toLowerCase(), value as unknown as EventListener);
    } else if (key === "style" && typeof value === "object") {
      // through the CSS object model: a strict content policy forbids style attributes
      for (const [name, v] of Object.entries(value)) el.style.setProperty(name, String(v));
    } else {
      el.setAttribute(key === "className" ? "class" : key, value === true ? "" : String(value));
    }
  }
  add(el, children);
}

/** Appends children; strings and numbers become text nodes, null and false are skipped. */
export function add(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
}

/** h("button", {class: "dzl-btn", onClick: f, "aria-label": "Play"}, "▶") */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, props: Props | null = null, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag);
  apply(el, props, children);
  return el;
}

/** svg("path", {d, class: "dzl-edge"}) */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, props: Props | null = null, ...children: Child[]
): SVGElementTagNameMap[K] {
  const el = document.createElementNS(SVG_NS, tag);
  apply(el, props, children);
  return el;
}

/** Replaces everything inside `el`. */
export function fill(el: Element, ...children: Child[]): void {
  el.textContent = "";
  add(el, children);
}

/** Sets the attribute only when it changes, which keeps big SVG updates cheap. null removes it. */
export function attr(el: Element, name: string, value: string | number | null): void {
  if (value === null) {
    if (el.hasAttribute(name)) el.removeAttribute(name);
  } else if (el.getAttribute(name) !== String(value)) {
    el.setAttribute(name, String(value));
  }
}

/** Text with `code` in backticks and **strong** parts, as nodes. The only markup that sentences use. */
export function rich(text: string): Node[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter((part) => part !== "").map((part) => {
    if (part.length > 2 && part.startsWith("`")) return h("code", null, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**")) return h("strong", null, part.slice(2, -2));
    return document.createTextNode(part);
  });
}

/** A text only screen readers see. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "dzl-sr" }, text);
}

let counter = 0;
/** A document-unique id for aria-labelledby, clip paths and markers. */
export function uid(prefix = "dzl"): string {
  counter += 1;
  return `${prefix}-${counter}-${Math.random().toString(36).slice(2, 7)}`;
}
