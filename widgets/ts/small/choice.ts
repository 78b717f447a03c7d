// A row of buttons of which one is chosen: a radio group with arrow keys of its own.
import { h } from "../shared/dom";

export interface Choice { el: HTMLElement; choose(index: number): void }

export const CHOICE_CSS = `
.dzl-choice{display:inline-flex;border:1px solid var(--line);border-radius:7px;overflow:hidden;flex-wrap:wrap}
.dzl-choice button{appearance:none;border:0;border-right:1px solid var(--line);background:var(--panel);color:var(--muted);font:inherit;
font-size:12.5px;line-height:18px;padding:3px 10px;margin:0;cursor:pointer}
.dzl-choice button:last-child{border-right:0}
.dzl-choice button:hover{background:var(--soft)}
.dzl-choice button[aria-checked=true]{background:var(--fun);color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--funline)}
.dzl .dzl-choice button:focus-visible{outline-offset:-2px}
`;

export function choice(label: string, options: string[], onChoose: (index: number) => void, start = 0): Choice {
  let now = -1;
  const buttons = options.map((text, i) => h("button", {
    type: "button", role: "radio", onClick: () => choose(i),
  }, text));
  const el = h("div", { class: "dzl-choice", role: "radiogroup", "aria-label": label }, ...buttons);
  el.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    choose((now + move + options.length) % options.length);
    buttons[now]?.focus();
  });
  function choose(index: number): void {
    if (index === now) return;
    now = index;
    buttons.forEach((b, i) => {
      b.setAttribute("aria-checked", String(i === index));
      b.tabIndex = i === index ? 0 : -1;
    });
    onChoose(index);
  }
  const first = start; // drawn before the callback, so that callers can finish their own set-up
  buttons.forEach((b, i) => { b.setAttribute("aria-checked", String(i === first)); b.tabIndex = i === first ? 0 : -1; });
  now = first;
  return { el, choose };
}
