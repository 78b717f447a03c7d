// Names on the left, boxes in the middle, arrays on the right. What changed since the last picture is drawn in the accent.
import { fill, h, rich, svg, uid } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { stepBar, STEP_BAR_CSS, type StepBar } from "./small/step_bar";
import { BOXES } from "./strings/box_view";

interface Thing { type: string; text: string; memory: string }
interface State {
  names: [string, string | null][];
  boxes: Record<string, { type: string; data: string | null }>;
  things: Record<string, Thing>;
}
interface Entry { state: State; error: string | null; next: (number | null)[] }
interface Payload { mode: "play" | "snapshot"; start: string[]; statements: string[]; states: Entry[] }

const NAME_X = 24, NAME_W = 66, BOX_X = 250, BOX_W = 190, ARR_X = 580, ARR_W = 190, ROW = 78, TOP = 44, W = 800;
const CSS = `${STEP_BAR_CSS}
.dzl-box-view{max-width:980px}
.dzl-box-view svg.scene{display:block;width:100%;height:auto;max-height:420px}
.dzl-box-view svg text{font-size:14px}
.dzl-box-view svg .col{font-size:12px;fill:var(--muted);font-weight:600}
.dzl-box-view svg .mono{font-family:var(--mono)}
.dzl-box-view svg .small{font-size:11.5px;fill:var(--muted)}
.dzl-box-view .tag{fill:var(--soft);stroke:var(--muted);stroke-width:1.4}
.dzl-box-view .crate{fill:var(--var);stroke:var(--varline);stroke-width:1.8}
.dzl-box-view .shelf{fill:var(--panel);stroke:var(--varline);stroke-width:1.2}
.dzl-box-view .cells{fill:var(--fun);stroke:var(--funline);stroke-width:1.8}
.dzl-box-view .arrow{fill:none;stroke:var(--muted);stroke-width:1.8}
.dzl-box-view .arrow.new{stroke:var(--grad);stroke-width:2.8;stroke-dasharray:7 5}
.dzl-box-view .head{fill:var(--muted)}.dzl-box-view .head.new{fill:var(--grad)}
.dzl-box-view .changed{stroke:var(--grad);stroke-width:3}
.dzl-box-view .enter{animation:dzl-enter .35s ease-out}
@keyframes dzl-enter{from{opacity:0}to{opacity:1}}
.dzl-box-view .lines{display:flex;gap:8px;flex-wrap:wrap;align-items:center;padding:10px 14px}
.dzl-box-view .lines .dzl-btn{font-family:var(--mono);font-size:13px;padding:5px 11px;border-color:var(--funline)}
.dzl-box-view .lines .dzl-btn[draggable]{cursor:grab}
.dzl-box-view .ran{display:flex;gap:6px;flex-wrap:wrap;padding:9px 14px 0;color:var(--muted);font-size:12.5px;align-items:baseline;min-height:30px}
.dzl-box-view .ran code{background:var(--soft);border:1px solid var(--line);border-radius:5px;padding:1px 7px;color:var(--ink)}
.dzl-box-view .ran code.last{border-color:var(--grad)}
.dzl-box-view .dzl-say{margin:4px 14px 10px;min-height:40px}
.dzl-box-view .over{background:var(--gen)}
`;

type Rows = Map<string, number>;

/** Every token keeps its row from the first picture in which it appears; a freed row is used again. */
function place(states: State[]): Rows {
  let rows: Rows = new Map();
  for (const state of states) {
    const here = new Set([...Object.keys(state.boxes), ...Object.keys(state.things)]);
    const kept: Rows = new Map([...rows].filter(([token]) => here.has(token)));
    const put = (token: string | null, wish: number): void => {
      if (token === null || kept.has(token)) return;
      const taken = new Set([...kept].filter(([t]) => (t in state.boxes) === (token in state.boxes)).map(([, r]) => r));
      let row = wish;
      while (taken.has(row)) row += 1;
      kept.set(token, row);
    };
    state.names.forEach(([, token], i) => put(token, i));
    state.names.forEach(([, token], i) => { if (token && state.boxes[token]) put(state.boxes[token].data, i); });
    rows = kept;
  }
  return rows;
}

/** Names and boxes that lead to an array, as a reader would write them. */
function users(state: State, memory: string): string[] {
  const leads = (token: string | null): boolean => token !== null && state.things[token]?.memory === memory;
  return state.names.flatMap(([name, token]) =>
    leads(token) ? [name] : token && state.boxes[token] && leads(state.boxes[token].data) ? [`${name}.data`] : []);
}

export default widget<Payload>("box-view", CSS, (root, data, ctx) => {
  const t = translator(BOXES, ctx.lang);
  let path: number[] = [0]; // indices of visited states
  let chosen: number[] = []; // statements that led there
  const marker = uid("arrow");
  const scene = svg("svg", { class: "scene", role: "img", viewBox: `0 0 ${W} 260` });
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const ran = h("div", { class: "ran" });
  const stage = h("div", { class: "stage" }, scene);

  function explain(now: Entry, before: Entry | null, code: string | null): string {
    if (now.error) return t("stopped", { error: now.error });
    if (!before) {
      if (data.mode === "play") return t("start");
      return relation(now.state);
    }
    const [a, b] = [before.state, now.state];
    const said: string[] = [];
    for (const [name, token] of b.names) {
      const old = a.names.find(([n]) => n === name)?.[1];
      if (token === null || old === token) continue;
      const twin = b.names.find(([n, target]) => n !== name && target === token);
      if (twin && b.boxes[token]) said.push(t("alias", { a: name, b: twin[0] }));
      else said.push(t("named", { name, what: b.boxes[token] ? t("new_box") : old ? t("new_array") : t("array") }));
    }
    for (const [token, box] of Object.entries(b.boxes)) {
      if (a.boxes[token] && a.boxes[token].data !== box.data) said.push(t("refilled"));
    }
    for (const [token, thing] of Object.entries(b.things)) {
      if (a.things[token] && a.things[token].text !== thing.text) {
        const who = users(b, thing.memory);
        said.push(t(who.length > 1 ? "in_place" : "in_place_one", { text: thing.text, who: who.map((w) => `\`${w}\``).join(", ") }));
      }
    }
    return said.join(" ") || (code === null ? relation(b) : t("nothing"));
  }
  function relation(state: State): string {
    for (const thing of Object.values(state.things)) {
      const who = users(state, thing.memory);
      if (who.length > 1 && who[0] && who[1]) return t("shared", { a: who[0], b: who[1] });
    }
    const waiting = state.names.filter(([, held]) => held === null).map(([name]) => `\`${name}\``);
    return waiting.length > 0 ? t("waiting", { names: waiting.join(", ") }) : t("apart");
  }

  function draw(states: Entry[], code: string | null): void {
    const now = states[states.length - 1] as Entry, before = states.length > 1 ? states[states.length - 2] as Entry : null;
    const rows = place(states.map((s) => s.state));
    const state = now.state, old = before?.state;
    const count = Math.max(2, state.names.length, ...[...rows.values()].map((r) => r + 1));
    const high = TOP + count * ROW;
    scene.setAttribute("viewBox", `0 0 ${W} ${high}`);
    const y = (row: number): number => TOP + row * ROW + ROW / 2;
    const boxY = (token: string): number => y(rows.get(token) ?? 0), arrY = boxY;
    const parts: SVGElement[] = [svg("defs", null, ...["", "new"].map((kind) => svg("marker", {
      id: `${marker}${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto", markerUnits: "userSpaceOnUse",
    }, svg("path", { d: "M0 0L8 4L0 8z", class: `head ${kind}` }))))];
    for (const [x, key] of [[NAME_X, "names"], [BOX_X, "boxes"], [ARR_X, "arrays"]] as const) {
      parts.push(svg("text", { class: "col", x, y: 24 }, t(key)));
    }
    const arrow = (x1: number, y1: number, x2: number, y2: number, fresh: boolean): void => {
      const mid = (x2 - x1) / 2;
      const kind = fresh ? "new" : "";
      parts.push(svg("path", { class: `arrow ${kind}`, d: `M${x1} ${y1}C${x1 + mid} ${y1} ${x2 - mid} ${y2} ${x2} ${y2}`, "marker-end": `url(#${marker}${kind})` }));
    };
    state.names.forEach(([name, token], i) => {
      const was = old?.names.find(([n]) => n === name)?.[1];
      if (token === null) {
        parts.push(svg("text", { class: "small", x: NAME_X + NAME_W + 12, y: y(i) + 5 }, t("unknown")));
      } else if (state.boxes[token]) {
        arrow(NAME_X + NAME_W, y(i), BOX_X - 3, boxY(token) - 8, old !== undefined && was !== token);
      } else {
        arrow(NAME_X + NAME_W, y(i), ARR_X - 3, arrY(token) - 14, old !== undefined && was !== token);
      }
    });
    for (const [token, box] of Object.entries(state.boxes)) {
      if (box.data) arrow(BOX_X + BOX_W - 12, boxY(token) + 10, ARR_X - 3, arrY(box.data) + (boxY(token) === arrY(box.data) ? 8 : 4), old !== undefined && old.boxes[token]?.data !== box.data);
    }
    state.names.forEach(([name], i) => parts.push(
      svg("path", { class: "tag", d: `M${NAME_X} ${y(i) - 17}h${NAME_W - 14}l14 17l-14 17h${14 - NAME_W}z` }),
      svg("text", { class: "mono", x: NAME_X + NAME_W / 2 - 4, y: y(i) + 5, "text-anchor": "middle", "font-weight": 600 }, name)));
    for (const [token, box] of Object.entries(state.boxes)) {
      const top = boxY(token) - 31;
      const fresh = old !== undefined && !(token in old.boxes);
      parts.push(svg("g", { class: fresh ? "enter" : "" },
        svg("path", { class: `crate ${fresh ? "changed" : ""}`, d: `M${BOX_X} ${top}h${BOX_W}v62h${-BOX_W}z` }),
        svg("path", { class: "crate", fill: "none", d: `M${BOX_X} ${top}l12 -9h${BOX_W}l-12 9z M${BOX_X + BOX_W} ${top}l12 -9v62l-12 9z` }),
        svg("text", { x: BOX_X + 12, y: top + 21, "font-weight": 600 }, box.type),
        svg("rect", { class: "shelf", x: BOX_X + 12, y: top + 31, width: BOX_W - 24, height: 23, rx: 4 }),
        svg("text", { class: "mono", x: BOX_X + 22, y: top + 47, "font-size": 13 }, "data"),
        box.data === null ? svg("text", { class: "small", x: BOX_X + 74, y: top + 47 }, "None") : svg("circle", { cx: BOX_X + BOX_W - 24, cy: top + 42, r: 4, fill: "var(--varline)" })));
    }
    for (const [token, thing] of Object.entries(state.things)) {
      const wrote = old?.things[token] !== undefined && old.things[token]?.text !== thing.text;
      const fresh = old !== undefined && !(token in old.things);
      parts.push(svg("g", { class: wrote || fresh ? "enter" : "" },
        svg("rect", { class: `cells ${wrote || fresh ? "changed" : ""}`, x: ARR_X, y: arrY(token) - 27, width: ARR_W, height: 54, rx: 6 }),
        svg("text", { class: "mono", x: ARR_X + ARR_W / 2, y: arrY(token) + 1, "text-anchor": "middle", "font-size": thing.text.length > 16 ? 12 : 17, "font-weight": 600 }, thing.text),
        svg("text", { class: "small", x: ARR_X + ARR_W / 2, y: arrY(token) + 19, "text-anchor": "middle" },
          thing.memory === token ? thing.type : `${thing.type} · ${thing.memory}`)));
    }
    fill(scene, ...parts);
    const text = explain(now, before, code);
    say.className = `dzl-say${now.error ? " dzl-bad" : ""}`;
    fill(say, ...rich(text));
    scene.setAttribute("aria-label", text.replaceAll("`", ""));
    ctx.el.dataset.step = String(states.length - 1);
  }

  if (data.mode === "snapshot") {
    root.append(h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("snap"))), stage, say);
    let bar: StepBar | undefined;
    if (data.states.length > 1) {
      bar = stepBar({
        count: data.states.length, start: data.states.length - 1, lang: ctx.lang, label: t("snapshot"),
        valueText: (i) => `${t("snapshot")} ${i + 1}`, onStep: (i) => draw(data.states.slice(0, i + 1), null),
      });
      root.append(bar.el);
    } else draw(data.states, null);
    const unbind = bindKeys(root, bar?.keys ?? {});
    return () => { bar?.stop(); unbind(); };
  }

  const chips = data.statements.map((code, i) => h("button", {
    type: "button", class: "dzl-btn", draggable: "true", "aria-label": t("apply", { code }), onClick: () => run(i),
    onDragstart: (event: DragEvent) => event.dataTransfer?.setData("text/x-dzl", String(i)),
  }, code));
  const undo = h("button", { type: "button", class: "dzl-btn", onClick: () => { path.pop(); chosen.pop(); refresh(); } }, t("undo"));
  const reset = h("button", { type: "button", class: "dzl-btn", onClick: () => { path = [0]; chosen = []; refresh(); } }, t("reset"));
  stage.addEventListener("dragover", (event) => { event.preventDefault(); stage.classList.add("over"); });
  stage.addEventListener("dragleave", () => stage.classList.remove("over"));
  stage.addEventListener("drop", (event) => {
    event.preventDefault();
    stage.classList.remove("over");
    const i = Number(event.dataTransfer?.getData("text/x-dzl") || "-1");
    if (data.statements[i] !== undefined) run(i);
  });
  const current = (): Entry => data.states[path[path.length - 1] ?? 0] as Entry;

  function run(i: number): void {
    const next = current().next[i];
    if (next === null || next === undefined) return;
    path.push(next);
    chosen.push(i);
    refresh();
  }
  function refresh(): void {
    const over = current().next.every((n) => n === null);
    for (const chip of chips) chip.disabled = over;
    undo.disabled = reset.disabled = chosen.length === 0;
    fill(ran, h("span", null, t("done")), ...data.start.map((code) => h("code", null, code)),
      ...chosen.map((i, k) => h("code", { class: k === chosen.length - 1 ? "last" : "" }, data.statements[i] ?? "")));
    draw(path.map((i) => data.states[i] as Entry), chosen.length ? data.statements[chosen[chosen.length - 1] ?? 0] ?? null : null);
    if (over && !current().error) say.append(" ", t("limit"));
  }
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("play")), h("span", { class: "dzl-grow" }), undo, reset),
    ran, stage, say, h("div", { class: "lines" }, ...chips));
  refresh();
  return bindKeys(root, { Backspace: () => { if (chosen.length) undo.click(); } });
});
