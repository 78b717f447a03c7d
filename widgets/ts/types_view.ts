// One row per input; on every wire the type that travels there. A wire that carries no array is marked by shape and sign.
import { h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { TYPES } from "./strings/types_view";

interface Meter { type: string; shape: string; value: string; array: boolean }
interface Row { input: string; wires: (Meter & { name: string })[]; calls: { label: string; raw: Meter }[]; error: string | null }
interface Payload { rows: Row[] }

const CSS = `
.dzl-types-view{max-width:1080px}
.dzl-types-view .row{padding:12px 14px 10px;border-top:1px solid var(--line)}
.dzl-types-view .row:first-of-type{border-top:0}
.dzl-types-view .input{font-size:13px;margin-bottom:8px}
.dzl-types-view .wires{display:flex;align-items:stretch;overflow-x:auto;padding:2px 2px 4px}
.dzl-types-view .wire{flex:1 1 112px;min-width:104px;border:1.6px solid var(--funline);background:var(--fun);border-radius:8px;padding:6px 8px;text-align:center;font-size:12px;line-height:17px}
.dzl-types-view .wire b{display:block;font-size:13px}
.dzl-types-view .wire code{font-size:13px;font-weight:600}
.dzl-types-view .wire span{display:block;color:var(--muted);font-variant-numeric:tabular-nums}
.dzl-types-view .wire.off{border:2px dashed var(--bad);background:var(--badsoft);animation:dzl-flash 1.2s ease-in-out 3}
.dzl-types-view .wire.off code{color:var(--bad)}
.dzl-types-view .call{flex:0 0 auto;min-width:104px;display:flex;flex-direction:column;justify-content:center;align-items:center;font-size:12px;line-height:16px;position:relative;padding:0 8px}
.dzl-types-view .call::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:2px solid var(--wire)}
.dzl-types-view .call i{font-style:normal;position:relative;border:1.6px solid var(--funline);background:var(--panel);border-radius:6px;padding:4px 9px;font-size:13px}
.dzl-types-view .call span{position:absolute;top:calc(50% + 20px);color:var(--bad);white-space:nowrap;font-size:11px}
.dzl-types-view .dzl-say{margin-top:9px;font-size:13.5px;padding:6px 11px}
@keyframes dzl-flash{50%{box-shadow:0 0 0 4px var(--bad)}}
`;

export default widget<Payload>("types-view", CSS, (root, data, ctx) => {
  const t = translator(TYPES, ctx.lang);
  root.append(h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag"))));
  for (const row of data.rows) {
    const wires = h("div", { class: "wires", tabindex: "0", role: "group", "aria-label": row.input });
    row.wires.forEach((wire, i) => {
      const call = row.calls[i - 1];
      if (call) {
        wires.append(h("div", { class: "call" }, h("i", null, call.label), call.raw.array ? null : h("span", null, t("gave", { type: call.raw.type }))));
      }
      wires.append(h("div", { class: `wire ${wire.array ? "" : "off"}` }, h("b", null, wire.name), h("code", null, `${wire.type}${wire.array ? "" : " ⚠"}`),
        h("span", null, wire.array ? t("shape", { s: wire.shape }) : "\u00a0"), h("span", null, wire.value)));
    });
    const lost = row.wires.findIndex((w) => !w.array), saved = row.calls.find((c) => !c.raw.array);
    const text = row.error ? t("stopped", { input: row.input, error: row.error })
      : row.wires.length === 0 ? t("none")
      : lost > 0 ? t("lost", { input: row.input, f: row.calls[lost - 1]?.label ?? "", type: row.wires[lost]?.type ?? "" })
      : saved ? t("saved", { input: row.input, f: saved.label, type: saved.raw.type }) : t("fine", { input: row.input });
    root.append(h("section", { class: "row" }, h("div", { class: "input" }, h("code", null, row.input)), wires,
      h("div", { class: `dzl-say ${row.error || lost > 0 ? "dzl-bad" : "dzl-ok"}` }, ...rich(text))));
  }
  ctx.el.dataset.step = "0";
  return bindKeys(root, {});
});
