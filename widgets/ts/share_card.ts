// What a learner may post: a card, and a button that puts it on the clipboard as Markdown.
import { h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { table } from "./strings/share_card";

interface Payload { title: string; lines: [string, string][]; saved: string; stored: boolean; markdown: string; verified: { ok: boolean; text: string }[] }

const CSS = `
.dzl-share-card{max-width:820px}
.dzl-share-card:lang(ko){word-break:keep-all}
.dzl-share-card .dzl-body{display:grid;gap:12px}
.dzl-share-card .saved{color:var(--ok);font-weight:600}
.dzl-share-card .saved::before{content:"✓ "}
.dzl-share-card .saved.check{font-weight:400;margin-top:-8px}
.dzl-share-card .saved.none{color:var(--muted);font-weight:400}
.dzl-share-card .saved.none::before{content:"○ "}
.dzl-share-card dl{display:grid;grid-template-columns:max-content 1fr;gap:5px 18px;margin:0}
.dzl-share-card dt{color:var(--muted);font-size:12.5px;line-height:20px}
.dzl-share-card dd{margin:0;overflow-wrap:anywhere}
.dzl-share-card textarea{width:100%;font:12px/1.5 var(--mono);resize:vertical}
`;

export default widget<Payload>("share-card", CSS, (root, payload, ctx) => {
  const t = translator(table, ctx.lang);
  const built = payload.lines.length > 0;
  const area = h("textarea", { readonly: true, rows: 5, "aria-label": t("text"), hidden: true });
  area.value = payload.markdown;
  const copy = h("button", { class: "dzl-btn", onClick: () => void put() }, t("copy"));
  const said = h("span", { class: "dzl-sr", "aria-live": "polite" });
  async function put(): Promise<void> {
    try {
      await navigator.clipboard.writeText(payload.markdown);
      said.textContent = copy.textContent = t("copied");
    } catch { // not a secure page: show it selected
      area.hidden = false;
      area.focus();
      area.select();
      said.textContent = copy.textContent = t("by_hand");
    }
    window.setTimeout(() => { copy.textContent = t("copy"); }, 2000);
  }
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, payload.title), h("span", { class: "dzl-tag" }, t("title")), h("span", { class: "dzl-grow" }), copy, said),
    h("div", { class: "dzl-body" },
      payload.saved ? h("p", { class: payload.stored ? "saved" : "saved none" }, payload.saved) : null,
      ...payload.verified.map(({ ok, text }) => h("p", { class: ok ? "saved check" : "dzl-say dzl-bad", role: "status" }, text)),
      built ? h("dl", null, ...payload.lines.flatMap(([label, text]) => [h("dt", null, label), h("dd", null, ...rich(text))])) : null,
      area));
  return bindKeys(root, {});
});
