// Cards for the calls of backward. In a wrong order None arrives, and the wire shows it.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { reducedMotion } from "./shared/theme";
import { widget } from "./shared/widget";
import { ORDER } from "./strings/order_view";

interface Step { f: number; gy: string | null; gx: string | null; error: string | null }
interface Payload { functions: string[]; wires: [string, string][]; orders: Record<string, Step[]>; seed: string; error: string | null }

const CSS = `
.dzl-order-view{max-width:1000px}
.dzl-order-view .chain{display:flex;align-items:center;padding:34px 16px 14px;overflow-x:auto}
.dzl-order-view .wire{position:relative;flex:0 0 74px;min-height:50px;border:1.6px solid var(--varline);background:var(--var);border-radius:25px;text-align:center;font-size:13px;line-height:17px;padding:8px 4px}
.dzl-order-view .wire b{display:block}
.dzl-order-view .shelf{position:absolute;left:-24px;right:-24px;top:-25px;font-size:12.5px;font-weight:600;color:var(--grad);white-space:nowrap}
.dzl-order-view .wire.has{border-color:var(--grad);border-width:3px}
.dzl-order-view .wire.none{border-color:var(--bad);border-style:dashed;border-width:3px}
.dzl-order-view .wire.none .shelf{color:var(--bad)}
.dzl-order-view .fn{flex:1 1 90px;min-width:86px;text-align:center;position:relative}
.dzl-order-view .fn::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:2px solid var(--wire)}
.dzl-order-view .fn i{font-style:normal;position:relative;display:inline-block;border:1.6px solid var(--funline);background:var(--fun);border-radius:6px;padding:6px 10px;font-size:13px}
.dzl-order-view .fn.ok i{border-color:var(--grad);background:var(--gradsoft)}
.dzl-order-view .fn.bad i{border:2px dashed var(--bad);background:var(--badsoft)}
.dzl-order-view .cap{font-size:12px;color:var(--muted);font-weight:600;padding:4px 16px 6px}
.dzl-order-view ol{display:flex;gap:10px;list-style:none;padding:0 16px 10px;margin:0;flex-wrap:wrap}
.dzl-order-view li{display:flex;align-items:center;gap:6px;border:1.6px solid var(--funline);background:var(--fun);border-radius:8px;padding:6px 8px;cursor:grab;font-size:13px;transition:transform .15s}
.dzl-order-view li b{min-width:18px;color:var(--muted);text-align:right}
.dzl-order-view li.over{outline:2px dashed var(--grad);outline-offset:2px}
.dzl-order-view .dzl-say{margin:2px 16px 12px;min-height:108px}
.dzl-order-view .foot{display:flex;gap:8px;border-top:1px solid var(--line);padding:9px 16px}
`;

export default widget<Payload>("order-view", CSS, (root, data, ctx) => {
  const t = translator(ORDER, ctx.lang);
  const n = data.functions.length;
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag")));
  if (data.error || n === 0) {
    fill(say, ...rich(data.error ? t("error", { error: data.error }) : t("empty")));
    say.classList.toggle("dzl-bad", data.error !== null);
    root.append(head, h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    return;
  }
  // two functions of one class are told apart by what they make: Square → a
  const label = (i: number): string => {
    const name = data.functions[i] ?? "";
    return data.functions.filter((f) => f === name).length > 1 ? `${name} → ${data.wires[i + 1]?.[0] ?? ""}` : name;
  };
  let order = data.functions.map((_, i) => i); // forward order: wrong on purpose
  let shown = 0;
  let timer: number | undefined;
  const shelves = data.wires.map(() => h("span", { class: "shelf" }));
  const wires = data.wires.map(([name, value], i) => h("div", { class: "wire" }, h("b", null, name), value, shelves[i] as HTMLElement));
  const boxes = data.functions.map((name) => h("div", { class: "fn" }, h("i", null, name)));
  const cards = h("ol");
  const run = h("button", { type: "button", class: "dzl-btn dzl-primary", onClick: () => play() }, `▶ ${t("run")}`);
  const back = h("button", { type: "button", class: "dzl-btn", onClick: () => { halt(); shown = 0; draw(); } }, t("again"));
  const steps = (): Step[] => data.orders[order.join(",")] ?? [];

  function halt(): void { window.clearInterval(timer); timer = undefined; }
  function play(): void {
    halt();
    shown = 0;
    const total = steps().length;
    const next = (): void => { shown += 1; draw(); if (shown >= total) halt(); };
    next();
    if (shown < total) {
      if (reducedMotion()) { shown = total; draw(); } else timer = window.setInterval(next, 900);
    }
  }
  function swap(from: number, to: number): void {
    if (to < 0 || to >= n || from === to) return;
    halt();
    const [one] = order.splice(from, 1);
    order.splice(to, 0, one as number);
    shown = 0;
    deal(to);
    draw();
  }
  function deal(focus = -1): void {
    fill(cards, ...order.map((f, place) => {
      const move = (to: number, key: "earlier" | "later", sign: string): HTMLButtonElement => h("button", {
        type: "button", class: "dzl-btn", "aria-label": t(key, { f: label(f) }), title: t(key, { f: label(f) }), disabled: to < 0 || to >= n, onClick: () => swap(place, to),
      }, sign);
      return h("li", {
        draggable: "true", tabindex: "0", "aria-label": t("card", { f: label(f), n: place + 1, total: n }),
        onDragstart: (event: DragEvent) => event.dataTransfer?.setData("text/x-dzl", String(place)),
        onDragover: (event: DragEvent) => { event.preventDefault(); (event.currentTarget as HTMLElement).classList.add("over"); },
        onDragleave: (event: DragEvent) => (event.currentTarget as HTMLElement).classList.remove("over"),
        onDrop: (event: DragEvent) => { event.preventDefault(); swap(Number(event.dataTransfer?.getData("text/x-dzl") || "-1"), place); },
        onKeydown: (event: KeyboardEvent) => {
          const to = event.key === "ArrowLeft" ? place - 1 : event.key === "ArrowRight" ? place + 1 : null;
          if (to === null || event.target !== event.currentTarget) return;
          event.preventDefault();
          event.stopPropagation();
          swap(place, to);
        },
      }, h("b", null, `${place + 1}.`), label(f), move(place - 1, "earlier", "◀"), move(place + 1, "later", "▶"));
    }));
    if (focus >= 0) (cards.children[focus] as HTMLElement | undefined)?.focus();
  }
  function draw(): void {
    const seen = steps().slice(0, shown);
    const grads = new Map<number, string>([[n, data.seed]]);
    wires.forEach((w) => w.classList.remove("none"));
    boxes.forEach((b) => { b.className = "fn"; });
    const lines: Node[][] = [];
    let bad = false;
    seen.forEach((s, i) => {
      const name = data.functions[s.f] ?? "", into = data.wires[s.f]?.[0] ?? "", from = data.wires[s.f + 1]?.[0] ?? "";
      const ok = s.gx !== null;
      boxes[s.f]?.classList.add(ok ? "ok" : "bad");
      const values = { n: i + 1, f: name, gy: s.gy ?? "None", gx: s.gx ?? "None", v: ok ? into : from, error: s.error ?? "" };
      if (ok) grads.set(s.f, s.gx ?? "");
      if (s.gy === null) wires[s.f + 1]?.classList.add("none");
      if (!ok) bad = true;
      lines.push(rich(t(ok ? "step" : s.gy === null ? "none" : s.error ? "failed" : "nothing", values)));
    });
    wires.forEach((w, i) => {
      const has = grads.has(i);
      w.classList.toggle("has", has);
      fill(shelves[i] as HTMLElement, has ? `${t("grad")} ${grads.get(i)}` : w.classList.contains("none") ? `${t("grad")} None ✗` : "");
    });
    if (shown === 0) lines.push(rich(t("seed", { y: data.wires[n]?.[0] ?? "y" })));
    else if (bad) lines.push(rich(t("stopped")));
    else if (shown === n) lines.push(rich(`${t("done", { x: data.wires[0]?.[0] ?? "x", v: grads.get(0) ?? "" })} ${t("only")}`));
    say.className = `dzl-say${bad ? " dzl-bad" : shown === n ? " dzl-ok" : ""}`;
    fill(say, ...lines.map((line) => h("div", null, ...line)));
    back.disabled = shown === 0;
    ctx.el.dataset.step = String(shown);
    ctx.el.dataset.order = order.join(",");
  }

  root.append(head, h("div", { class: "chain" }, ...wires.flatMap((w, i) => [w, ...(boxes[i] ? [boxes[i] as HTMLElement] : [])])),
    h("div", { class: "cap" }, t("calls")), cards, say, h("div", { class: "foot" }, run, back));
  deal();
  draw();
  const unbind = bindKeys(root, {});
  return () => { halt(); unbind(); };
});
