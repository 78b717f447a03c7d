// The learner's own source with the running line lit, scrolled inside its own box only.
import { fill, h } from "../shared/dom";
import type { Folder, State } from "./fold";
import type { Translate } from "./player";

const TOKEN = /(#.*$)|("""[\s\S]*?"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(def|class|return|if|elif|else|for|while|in|not|is|and|or|import|from|as|with|try|except|finally|raise|pass|break|continue|lambda|yield|None|True|False|global|nonlocal|del|assert)\b/g;

/** One line of Python with comments, strings and keywords in their own spans. */
export function paint(line: string): Node[] {
  const out: Node[] = [];
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > end) out.push(document.createTextNode(line.slice(end, match.index)));
    out.push(h("span", { class: match[1] ? "dzl-sp-c" : match[2] ? "dzl-sp-s" : "dzl-sp-k" }, match[0]));
    end = match.index + match[0].length;
  }
  if (end < line.length || out.length === 0) out.push(document.createTextNode(line.slice(end)));
  return out;
}

export class CodePane {
  readonly el = h("div", { class: "dzl-sp-codepane" });
  private readonly title = h("div", { class: "dzl-sp-codetitle" });
  private readonly box = h("div", { class: "dzl-sp-code", tabindex: 0, role: "group" });
  private source = -1;
  private lit: HTMLElement | null = null;
  private lines: HTMLElement[] = [];

  constructor(private readonly folder: Folder, private readonly t: Translate) {
    this.el.append(this.title, this.box);
    this.box.setAttribute("aria-label", t("code"));
  }

  draw(state: State): void {
    const at = state.at;
    const source = at ? at[0] : this.source >= 0 ? this.source : this.firstSource();
    const entry = this.folder.run.sources[source];
    if (!entry) {
      this.title.textContent = "";
      fill(this.box, h("p", { class: "dzl-sp-none" }, this.t("no_code")));
      return;
    }
    if (source !== this.source) {
      this.source = source;
      fill(this.title, h("code", null, entry.title), h("span", { class: "dzl-tag" }, entry.file === "notebook cell" ? this.t("cell") : entry.file));
      const indent = Math.min(...entry.lines.filter((l) => l.trim()).map((l) => l.length - l.trimStart().length), 99);
      this.lines = entry.lines.map((line, i) => h("div", { class: "dzl-sp-codeline" },
        h("span", { class: "dzl-sp-n", "aria-hidden": "true" }, entry.first + i), h("span", null, ...paint(line.slice(indent)))));
      fill(this.box, ...this.lines);
      this.lit = null;
      this.box.scrollTop = 0;
    }
    const next = at ? (this.lines[at[1] - entry.first] ?? null) : null;
    if (next !== this.lit) {
      this.lit?.classList.remove("dzl-sp-now", "dzl-sp-fail");
      this.lit?.removeAttribute("aria-current");
      this.lit = next;
    }
    if (!next) return;
    next.classList.add("dzl-sp-now");
    next.classList.toggle("dzl-sp-fail", state.step.k === "error");
    next.setAttribute("aria-current", "step");
    const [top, height] = [next.offsetTop, next.offsetHeight];
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    if (top < scrollTop + height || top + 2 * height > scrollTop + clientHeight) {
      const most = Math.floor((scrollHeight - clientHeight) / height);
      this.box.scrollTop = Math.max(0, Math.min(most, Math.round((top - clientHeight / 2) / height))) * height; // whole lines
    }
  }

  private firstSource(): number {
    const named = this.folder.run.sources.findIndex((s) => /\.backward$|^backward/.test(s.title) && s.title.includes("Variable"));
    return named >= 0 ? named : this.folder.run.sources.length > 0 ? 0 : -1;
  }
}
