// Own gradient and numerical gradient, variable by variable; tensors as cells, wrong entries outlined.
import { h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { isSnapshot, matrix, MATRIX_CSS, power, sameShape, shapeText, short, texts, valuesOf, wrongEntries, type Shown } from "./parts/matrix";
import { table } from "./strings/grad_table";

interface Row { name: string; own: Shown; numerical: Shown; difference: number | null; ok: boolean | null; note: string }
interface Payload { output: string; rows: Row[] }

const CSS = `${MATRIX_CSS}
.dzl-grad-table{max-width:980px}
.dzl-grad-table:lang(ko){word-break:keep-all}
.dzl-grad-table .count{color:var(--muted);font-size:13px}
.dzl-grad-table .dzl-body{padding:6px 14px 12px;overflow-x:auto}
.dzl-grad-table .dzl-table{width:100%;font-size:13px}
.dzl-grad-table td,.dzl-grad-table th{vertical-align:top;padding:8px 26px 8px 0}
.dzl-grad-table tr:last-child td,.dzl-grad-table tr:last-child th{border-bottom:0}
.dzl-grad-table tbody th{font:600 14px/26px var(--mono);color:var(--ink)}
.dzl-grad-table td.d{line-height:26px;font-weight:600;white-space:nowrap}
.dzl-grad-table td.d.ok{color:var(--ok)}
.dzl-grad-table td.d.bad{color:var(--bad)}
.dzl-grad-table .shape{font-size:11.5px;color:var(--muted);font-family:var(--mono);margin-bottom:4px}
.dzl-grad-table .one{font:13px/26px var(--mono)}
.dzl-grad-table .bad .one{color:var(--bad);font-weight:600}
.dzl-grad-table .note{color:var(--muted);font-size:12.5px;line-height:26px;font-weight:400}
`;

export default widget<Payload>("grad-table", CSS, (root, payload, ctx) => {
  const t = translator(table, ctx.lang);
  const judged = payload.rows.filter((row) => row.ok !== null);
  const good = judged.filter((row) => row.ok).length;
  root.append(h("div", { class: "dzl-head" },
    h("b", null, ...rich(t("title", { y: `\`${payload.output}\`` }))), h("span", { class: "dzl-grow" }),
    judged.length ? h("span", { class: "count" }, good === judged.length ? t("all_agree", { n: good }) : t("some", { k: good, n: judged.length })) : null));
  root.append(h("div", { class: "dzl-body" }, h("table", { class: "dzl-table" },
    h("thead", null, h("tr", null, ...(["variable", "yours", "numerical", "difference"] as const).map((key) => h("th", { scope: "col" }, t(key))))),
    h("tbody", null, ...payload.rows.map((row) => h("tr", null,
      h("th", { scope: "row" }, row.name),
      h("td", { class: row.ok === false ? "bad" : null }, side(row.own, row.numerical, row.ok === false, t("yours"))),
      h("td", null, side(row.numerical, row.own, false, t("numerical"))),
      h("td", { class: row.ok === null ? "d" : row.ok ? "d ok" : "d bad" }, ...verdict(row))))))));
  return bindKeys(root, {});

  function verdict(row: Row): (Node | string)[] {
    if (row.note) return [h("span", { class: "note" }, row.note), row.ok === false ? " ✗" : ""];
    const shapes = isSnapshot(row.own) && isSnapshot(row.numerical) && !sameShape(row.own, row.numerical);
    const what = shapes ? t("shape") : row.difference === null ? "" : power(row.difference);
    return [`${what} ${row.ok ? "✓" : "✗"}`, h("span", { class: "dzl-sr" }, t(row.ok ? "agree" : "differ"))];
  }

  function side(x: Shown, other: Shown, mark: boolean, label: string): HTMLElement {
    if (!isSnapshot(x)) return h("span", { class: "note" }, x ?? (label === t("yours") ? t("empty") : "–"));
    const flat = valuesOf(x);
    if (flat?.length === 1 && (x.s ?? []).length === 0) return h("span", { class: "one" }, texts(x, other, 6)[0] ?? "");
    const wrong = mark ? wrongEntries(x, other) : null;
    const theirs = valuesOf(other);
    const says = (k: number): string => t("entry", { v: short(flat?.[k]), w: short(theirs?.[k]) });
    return h("div", null, h("div", { class: "shape" }, shapeText(x.s)), matrix(x, { wrong, like: other, heat: true, label, says }));
  }
});
