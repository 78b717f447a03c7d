// What a variable links to. Follow a pointer by click or arrow key; cut one, and what can no longer be reached fades.
import { fill, h, rich, svg } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import type { Scene, SceneNode } from "./shared/types";
import { widget } from "./shared/widget";
import { LINKED } from "./strings/linked_view";

interface Info { label: string; kind: "variable" | "function"; class: string; data: string; grad: string; links: [string, (string | null)[]][] }
interface Payload { output: string | null; scene: Scene; nodes: Record<string, Info>; before: number | null }
interface Pointer { key: string; from: string; to: string | null; text: string } // text: how the learner writes it

const CSS = `
.dzl-linked-view{max-width:1180px}
.dzl-linked-view .body{display:grid;grid-template-columns:minmax(0,1fr) 300px}
@container (max-width:760px){.dzl-linked-view .body{grid-template-columns:1fr}.dzl-linked-view .side{border-left:0!important;border-top:1px solid var(--line)}}
.dzl-linked-view .canvas{overflow:auto;padding:6px 10px;min-height:220px;max-height:440px;display:grid;align-items:center}
.dzl-linked-view .canvas svg{display:block;margin:0 auto}
.dzl-linked-view .node rect{stroke-width:1.7;transition:opacity .3s}
.dzl-linked-view .node{cursor:pointer;transition:opacity .3s}
.dzl-linked-view .variable rect{fill:var(--var);stroke:var(--varline)}
.dzl-linked-view .function rect,.dzl-linked-view .group rect{fill:var(--fun);stroke:var(--funline)}
.dzl-linked-view .node text{font-size:13px}.dzl-linked-view .variable .name{font-weight:600}
.dzl-linked-view .node.here rect{stroke:var(--grad);stroke-width:3.4}
.dzl-linked-view .node.gone{opacity:.28}.dzl-linked-view .node.gone rect{stroke-dasharray:4 4}
.dzl-linked-view .wire{fill:none;stroke:var(--wire);stroke-width:2;transition:opacity .3s}
.dzl-linked-view .wire.next{stroke:var(--grad);stroke-width:2.6}
.dzl-linked-view .wire.cut{stroke:var(--bad);stroke-dasharray:3 6}
.dzl-linked-view .wire.gone{opacity:.25}
.dzl-linked-view .bands rect{fill:var(--gen)}.dzl-linked-view .bands text{font-size:11px;fill:var(--muted)}
.dzl-linked-view .side{border-left:1px solid var(--line);padding:11px 14px;min-width:0}
.dzl-linked-view .path{font-family:var(--mono);font-size:13px;overflow-wrap:anywhere;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:5px 9px;min-height:30px}
.dzl-linked-view .what{margin:10px 0 6px;font-size:14px;font-weight:600}
.dzl-linked-view .facts{font-size:12.5px;color:var(--muted);display:grid;grid-template-columns:48px 1fr;gap:1px 8px}
.dzl-linked-view .facts span:nth-child(even){color:var(--ink);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.dzl-linked-view .cap{font-size:12px;color:var(--muted);font-weight:600;margin:11px 0 5px}
.dzl-linked-view .pointer{display:flex;gap:6px;align-items:center;margin-bottom:5px}
.dzl-linked-view .pointer .go{font-family:var(--mono);font-size:12.5px;flex:1;text-align:left;overflow:hidden;text-overflow:ellipsis}
.dzl-linked-view .foot{border-top:1px solid var(--line);padding:9px 14px;display:flex;gap:12px;align-items:center;flex-wrap:wrap}
.dzl-linked-view .foot .dzl-say{flex:1;min-width:240px}
`;

const base = (id: string): string => id.split("~")[0] ?? id;

export default widget<Payload>("linked-view", CSS, (root, data, ctx) => {
  const t = translator(LINKED, ctx.lang);
  const output = data.output ?? Object.keys(data.nodes)[0] ?? "";
  const total = Object.keys(data.nodes).length;
  const label = (id: string): string => data.nodes[id]?.label ?? id;
  const cuts = new Set<string>();
  let trail: { id: string; step: string }[] = [{ id: output, step: label(output) }];
  const here = (): string => trail[trail.length - 1]?.id ?? output;

  function pointers(id: string): Pointer[] {
    return (data.nodes[id]?.links ?? []).flatMap(([attr, targets]) => targets.map((to, i) => ({
      key: `${id}.${attr}.${i}`, from: id, to, text: attr === "inputs" ? `inputs[${i}]` : attr,
    })));
  }
  function reachable(): Set<string> {
    const seen = new Set<string>(), todo = [output];
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const p of pointers(id)) if (p.to && !cuts.has(p.key)) todo.push(p.to);
    }
    return seen;
  }

  // A folded group stands for the nodes in it.
  const members = new Map<string, string[]>();
  const note = (inside: Scene): void => {
    for (const group of inside.groups) {
      members.set(group.id, group.members.map(base));
      if (group.scene) note(group.scene);
    }
  };
  note(data.scene);
  const refs = (id: string): string[] => (members.has(id) ? (members.get(id) ?? []).flatMap(refs) : [base(id)]);

  // the picture, drawn once
  const scene = data.scene;
  const wires = scene.edges.map((edge) => {
    const [a, b] = [refs(edge.from), refs(edge.to)]; // forward direction: the pointer runs the other way
    return { el: svg("path", { class: "wire", d: edge.path }), a: new Set(a), b };
  });
  const marks = scene.nodes.map((node: SceneNode) => {
    const info = data.nodes[base(node.id)];
    const variable = node.kind === "variable";
    const g = svg("g", { class: `node ${node.kind}`, onClick: () => jump(refs(node.id)[0] ?? "") },
      svg("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: variable ? Math.min(26, node.h / 2) : 6 }),
      svg("text", { class: "name", x: node.x, y: variable && info?.data ? node.y - 3 : node.y + 4.5, "text-anchor": "middle" }, node.label),
      variable && info?.data ? svg("text", { x: node.x, y: node.y + 14, "text-anchor": "middle" }, info.data) : null);
    return { g, ids: refs(node.id), node };
  });
  const scale = Math.max(0.82, Math.min(1, 1400 / Math.max(scene.w, 1))); // beyond that it scrolls
  const picture = svg("svg", { viewBox: `0 0 ${scene.w} ${scene.h}`, width: scene.w * scale, height: scene.h * scale, role: "img", "aria-label": t("graph", { y: label(output) }) },
    svg("g", { class: "bands" }, ...scene.bands.flatMap((b) => [svg("rect", { x: b.x, y: 4, width: b.w, height: scene.h - 8, rx: 8 })])),
    svg("g", null, ...wires.map((w) => w.el)), svg("g", null, ...marks.map((m) => m.g)));
  const canvas = h("div", { class: "canvas", tabindex: "0", "aria-label": t("keys") }, picture);

  const path = h("div", { class: "path" }), what = h("div", { class: "what", "aria-live": "polite" }), facts = h("div", { class: "facts" }), list = h("div");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const reset = h("button", { type: "button", class: "dzl-btn", onClick: () => { cuts.clear(); draw(); } }, t("reset"));

  /** Clicking a node goes there by the shortest way of pointers from the output. */
  function jump(id: string): void {
    const from = new Map<string, { id: string; step: string }>(), todo = [output], seen = new Set([output]);
    for (let k = 0; k < todo.length; k += 1) {
      const at = todo[k] as string;
      for (const p of pointers(at)) {
        if (!p.to || cuts.has(p.key) || seen.has(p.to)) continue;
        seen.add(p.to);
        from.set(p.to, { id: at, step: p.text });
        todo.push(p.to);
      }
    }
    if (!seen.has(id)) return;
    const way: { id: string; step: string }[] = [];
    for (let at = id; at !== output;) {
      const back = from.get(at);
      if (!back) break;
      way.unshift({ id: at, step: back.step });
      at = back.id;
    }
    trail = [{ id: output, step: label(output) }, ...way];
    draw();
  }
  function follow(p: Pointer): void {
    if (!p.to || cuts.has(p.key)) return;
    trail = [...trail, { id: p.to, step: p.text }];
    draw();
  }
  function toggle(p: Pointer): void {
    if (!cuts.delete(p.key)) cuts.add(p.key);
    draw();
  }

  function draw(): void {
    let now = reachable();
    while (trail.length > 1 && !now.has(here())) trail.pop();
    now = reachable();
    const id = here(), info = data.nodes[id];
    const mine = pointers(id);
    for (const { g, ids, node } of marks) {
      const reached = ids.some((one) => now.has(one));
      g.classList.toggle("here", ids.includes(id));
      g.classList.toggle("gone", !reached);
      const title = g.querySelector("title") ?? g.insertBefore(svg("title"), g.firstChild);
      title.textContent = reached ? node.label : `${node.label}: ${t("unreachable")}`;
    }
    for (const { el, a, b } of wires) {
      const held = b.flatMap(pointers).filter((p) => p.to !== null && a.has(p.to));
      const cut = held.length > 0 && held.every((p) => cuts.has(p.key));
      el.classList.toggle("cut", cut);
      el.classList.toggle("gone", !cut && !b.some((one) => now.has(one)));
      el.classList.toggle("next", b.includes(id) && !cut && mine.some((p) => p.to !== null && a.has(p.to)));
    }
    const names = trail.map((s) => s.step);
    path.textContent = names.length <= 13 ? names.join(".") : `${names.slice(0, 3).join(".")}. … .${names.slice(-8).join(".")}`;
    what.textContent = info ? (info.kind === "variable" ? `${info.class} ${info.label}` : info.class) : id;
    fill(facts, ...(info?.kind === "variable" ? [h("span", null, t("value")), h("span", null, info.data || "–"), h("span", null, t("grad")), h("span", null, info.grad || "None")] : []));
    fill(list, ...mine.map((p) => {
      const cut = cuts.has(p.key), goal = p.to ? label(p.to) : t("none");
      const shown = `${p.text} → ${cut ? t("none") : goal}`; // the spoken name begins with what is read
      return h("div", { class: "pointer" },
        h("button", { type: "button", class: "dzl-btn go", disabled: cut || p.to === null, "aria-label": `${shown}: ${t("follow", { name: goal })}`, onClick: () => follow(p) }, shown),
        p.to === null ? null : h("button", { type: "button", class: "dzl-btn", "aria-pressed": String(cut), "aria-label": t(cut ? "join_label" : "cut_label", { link: p.text }), onClick: () => toggle(p) }, cut ? t("join") : `✂ ${t("cut")}`));
    }), info?.kind === "variable" && mine.every((p) => p.to === null) ? h("div", { class: "dzl-tag" }, ...rich(t("leaf", { v: info.label }))) : null);
    const parts = [total === 1 ? t("only", { y: label(output) }) : now.size === total ? t("all", { total, y: label(output) }) : t("reach", { n: now.size, total, y: label(output) })];
    if (data.before !== null && cuts.size === 0 && data.before !== total) parts.push(t(data.before > total ? "fewer" : "more", { n: Math.abs(data.before - total) }));
    fill(say, ...rich(parts.join(" ")), cuts.size ? h("span", { class: "dzl-tag" }, ` (${t("picture")})`) : null);
    reset.disabled = cuts.size === 0;
    const box = marks.find((m) => m.ids.includes(id))?.node;
    if (box && canvas.clientWidth) {
      const x = box.x * scale;
      if (x < canvas.scrollLeft + 60 || x > canvas.scrollLeft + canvas.clientWidth - 60) canvas.scrollLeft = x - canvas.clientWidth / 2;
    }
    ctx.el.dataset.step = String(trail.length - 1);
    ctx.el.dataset.reached = String(now.size);
  }

  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag"))),
    h("div", { class: "body" }, canvas, h("div", { class: "side" },
      h("div", { class: "cap", style: { "margin-top": 0 } }, t("here")), path, what, facts, h("div", { class: "cap" }, t("pointers")), list)),
    h("div", { class: "foot" }, say, h("span", { class: "dzl-tag" }, t("keys")), reset));
  const first = (): Pointer | undefined => pointers(here()).find((p) => p.to && !cuts.has(p.key));
  const unbind = bindKeys(root, {
    ArrowLeft: () => { const p = first(); if (p) follow(p); },
    ArrowRight: () => { if (trail.length > 1) { trail.pop(); draw(); } },
    ArrowDown: () => sibling(1), ArrowUp: () => sibling(-1), Home: () => { trail = trail.slice(0, 1); draw(); },
  });
  function sibling(move: number): void {
    const parent = trail[trail.length - 2];
    if (!parent) return;
    const options = pointers(parent.id).filter((p) => p.to && !cuts.has(p.key));
    const at = options.findIndex((p) => p.text === trail[trail.length - 1]?.step);
    const next = options[(at + move + options.length) % options.length];
    if (next?.to) { trail = [...trail.slice(0, -1), { id: next.to, step: next.text }]; draw(); }
  }
  draw();
  return unbind;
});
