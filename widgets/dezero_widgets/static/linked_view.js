// ts/shared/dom.ts
var SVG_NS = "http://www.w3.org/2000/svg";
function apply(el, props, children) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === void 0 || value === false) continue;
    if (key.startsWith("on") && typeof value === "function") {
      el.addEventListener(key.slice(2).toLowerCase(), value);
    } else if (key === "style" && typeof value === "object") {
      for (const [name, v] of Object.entries(value)) el.style.setProperty(name, String(v));
    } else {
      el.setAttribute(key === "className" ? "class" : key, value === true ? "" : String(value));
    }
  }
  add(el, children);
}
function add(parent, children) {
  for (const child of children) {
    if (child === null || child === void 0 || child === false) continue;
    parent.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
}
function h(tag, props = null, ...children) {
  const el = document.createElement(tag);
  apply(el, props, children);
  return el;
}
function svg(tag, props = null, ...children) {
  const el = document.createElementNS(SVG_NS, tag);
  apply(el, props, children);
  return el;
}
function fill(el, ...children) {
  el.textContent = "";
  add(el, children);
}
function rich(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter((part) => part !== "").map((part) => {
    if (part.length > 2 && part.startsWith("`")) return h("code", null, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**")) return h("strong", null, part.slice(2, -2));
    return document.createTextNode(part);
  });
}

// ts/shared/keys.ts
function keyName(event) {
  const key = event.key === " " ? "Space" : event.key;
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
function bindKeys(root, map, onEscape) {
  const passes = (event) => event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey;
  const down = (event) => {
    if (passes(event)) return;
    if (event.isComposing) {
      event.stopPropagation();
      return;
    }
    if (event.key === "Escape") {
      if (onEscape?.()) {
        event.stopPropagation();
        event.preventDefault();
        return;
      }
      const host = root.parentElement?.closest("[tabindex]");
      document.activeElement?.blur();
      host?.focus({ preventScroll: true });
      event.stopPropagation();
      return;
    }
    event.stopPropagation();
    if (typing(event.target)) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, [role=tab], summary, a[href]");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const action = map[keyName(event)];
    if (action && action(event) !== false) event.preventDefault();
  };
  const stop = (event) => {
    if (event.key !== "Tab") event.stopPropagation();
  };
  const guard = (event) => {
    root.toggleAttribute("data-lm-suppress-shortcuts", !passes(event));
  };
  window.addEventListener("keydown", guard, true);
  root.addEventListener("keydown", down);
  root.addEventListener("keypress", stop);
  root.addEventListener("keyup", stop);
  return () => {
    window.removeEventListener("keydown", guard, true);
    root.removeEventListener("keydown", down);
    root.removeEventListener("keypress", stop);
    root.removeEventListener("keyup", stop);
  };
}

// ts/shared/strings.ts
function asLang(value) {
  return value === "ko" ? "ko" : "en";
}
function translator(table, lang) {
  return (key, values = {}) => table[lang][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
function strings(table) {
  return table;
}

// ts/shared/theme.ts
var LIGHT = `color-scheme:light;--ink:#1c2330;--muted:#5d6778;--line:#d5dae3;--panel:#fff;--soft:#f6f7fa;--var:#fff7e6;
--varline:#b86e00;--fun:#e8f2fb;--funline:#0b62a8;--grad:#c2410c;--gradsoft:#ffe9dc;--ok:#0a7d55;--oksoft:#e4f5ee;--bad:#b42318;
--badsoft:#fdeeec;--badcell:#fca5a1;--badink:#7a120b;--now:#ffdd57;--gen:#f2f4f8;--wire:#c9cfda;--fwd:#9cc8ee;--bwd:#ffc7a6;--shadow:0 1px 2px rgba(16,24,40,.06)`;
var DARK = `color-scheme:dark;--ink:#e7ebf3;--muted:#a3adbd;--line:#3a4252;--panel:#1b202a;--soft:#232936;--var:#3a2e14;
--varline:#f0a830;--fun:#15314a;--funline:#6db7f2;--grad:#ff9a66;--gradsoft:#4a2717;--ok:#4fd1a5;--oksoft:#14332a;--bad:#ff8f86;
--badsoft:#3a1c1b;--badcell:#6d2421;--badink:#ffd9d6;--now:#6b5a10;--gen:#222834;--wire:#4a5466;--fwd:#2f5f8a;--bwd:#7a4527;--shadow:none`;
var BASE_CSS = `
.dzl{${LIGHT};--sans:Inter,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;
--mono:"JetBrains Mono","DejaVu Sans Mono",Menlo,Consolas,"Noto Sans Mono CJK KR",monospace;
box-sizing:border-box;font:14px/1.45 var(--sans);color:var(--ink);background:var(--panel);border:1px solid var(--line);
border-radius:10px;margin:6px 2px;text-align:left;position:relative;container-type:inline-size;overflow:hidden}
.dzl[data-theme=dark]{${DARK}}
.dzl *,.dzl *::before,.dzl *::after{box-sizing:border-box}
.dzl :where(h2,h3,h4,p,ul,ol,table,pre){margin:0;padding:0;font-size:inherit;color:inherit;background:none}
.dzl code,.dzl-mono{font-family:var(--mono);font-size:.92em;background:none;color:inherit;padding:0;border:0;overflow-wrap:anywhere}
.dzl svg text{font-family:inherit;fill:var(--ink)}
.dzl-sr{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.dzl-head{display:flex;align-items:center;gap:10px;padding:9px 14px;border-bottom:1px solid var(--line);flex-wrap:wrap}
.dzl-head b,.dzl-title{font-weight:600;font-size:14px}
.dzl-tag{font-size:12px;color:var(--muted)}
.dzl-grow{flex:1}
.dzl .dzl-btn{appearance:none;border:1px solid var(--line);background:var(--panel);color:var(--ink);border-radius:6px;padding:3px 9px;
font:inherit;font-size:12.5px;line-height:18px;min-height:26px;cursor:pointer;white-space:nowrap;margin:0}
.dzl .dzl-btn:hover:not(:disabled){background:var(--soft);border-color:var(--muted)}
.dzl .dzl-btn:disabled{opacity:.45;cursor:default}
.dzl .dzl-btn[aria-pressed=true],.dzl .dzl-btn.dzl-primary{border-color:var(--funline);background:var(--fun)}
.dzl :is(button,input,textarea,select,summary,[tabindex]):focus-visible{outline:2px solid var(--funline);outline-offset:2px}
.dzl :is(input:not([type=range],[type=checkbox],[type=radio]),textarea,select){font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
.dzl-body{padding:12px 14px}
.dzl-say{background:var(--soft);border-left:4px solid var(--grad);border-radius:6px;padding:8px 12px;font-size:14.5px}
.dzl-say.dzl-bad{background:var(--badsoft);border-color:var(--bad)}
.dzl-say.dzl-ok{background:var(--oksoft);border-color:var(--ok)}
.dzl-chip{display:inline-flex;gap:5px;align-items:baseline;border:1.5px solid var(--funline);background:var(--fun);border-radius:6px;padding:3px 8px;font-size:12.5px;line-height:17px}
.dzl-chip i{color:var(--muted);font-style:normal;font-size:11px}
.dzl-table{border-collapse:collapse;font-size:12.5px}
.dzl-table th{color:var(--muted);font-weight:600;text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line)}
.dzl-table td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);text-align:left}
@media (prefers-reduced-motion:reduce){.dzl *,.dzl *::before,.dzl *::after{transition:none!important;animation:none!important}}
`;
var STYLES = /* @__PURE__ */ Symbol.for("dezero_lab.styles");
function addStyle(el, css) {
  const root = el.getRootNode();
  const holder = root instanceof ShadowRoot ? root : el.ownerDocument;
  const known = holder[STYLES] ??= /* @__PURE__ */ new Set();
  if (known.has(css)) return;
  known.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  holder.adoptedStyleSheets = [...holder.adoptedStyleSheets, sheet];
}
function hostTheme(doc = document) {
  const body = doc.body;
  const jp = body?.getAttribute("data-jp-theme-light");
  if (jp === "true" || jp === "false") return jp === "true" ? "light" : "dark";
  const code = body?.className ?? "";
  if (/\bvscode-(dark|high-contrast)\b(?!-light)/.test(code)) return "dark";
  if (/\bvscode-(light|high-contrast-light)\b/.test(code)) return "light";
  const colab = doc.documentElement.getAttribute("theme");
  if (colab) return colab === "dark" ? "dark" : "light";
  const own = doc.documentElement.getAttribute("data-theme") ?? doc.documentElement.getAttribute("data-bs-theme");
  if (own === "dark" || own === "light") return own;
  return doc.defaultView?.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function followTheme(root, onChange) {
  const doc = root.ownerDocument;
  const update = () => {
    const theme = hostTheme(doc);
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    onChange?.(theme);
  };
  update();
  const observer = new MutationObserver(update);
  const watch = { attributes: true, attributeFilter: ["class", "data-jp-theme-light", "theme", "data-theme", "data-bs-theme"] };
  observer.observe(doc.documentElement, watch);
  if (doc.body) observer.observe(doc.body, watch);
  const media = doc.defaultView?.matchMedia("(prefers-color-scheme: dark)");
  media?.addEventListener("change", update);
  return () => {
    observer.disconnect();
    media?.removeEventListener("change", update);
  };
}

// ts/shared/widget.ts
function payloadOf(model, key = "payload") {
  const raw = model.get(key);
  return typeof raw === "string" ? JSON.parse(raw || "null") : raw;
}
function themedRoot(el, name, css, lang) {
  const root = h("div", { class: `dzl dzl-${name}`, lang });
  el.appendChild(root);
  addStyle(root, BASE_CSS);
  addStyle(root, css);
  const stop = followTheme(root);
  return { root, stop };
}
function widget(name, css, draw) {
  return {
    render({ model, el }) {
      let undo = [];
      const clear = () => {
        for (const f of undo.reverse()) f();
        undo = [];
        el.textContent = "";
      };
      const redraw = () => {
        clear();
        delete el.dataset.ready;
        const lang = asLang(model.get("lang"));
        const { root, stop } = themedRoot(el, name, css, lang);
        undo.push(stop);
        const ctx = {
          model,
          lang,
          el,
          save: (key, value) => {
            model.set(key, value);
            model.save_changes();
          },
          onMessage: (callback) => {
            const handler = (content) => callback(content);
            model.on("msg:custom", handler);
            undo.push(() => model.off("msg:custom", handler));
          }
        };
        try {
          const done = draw(root, payloadOf(model), ctx);
          if (done) undo.push(done);
        } catch (error) {
          console.error(error);
          root.replaceChildren(h(
            "div",
            { class: "dzl-body", role: "alert" },
            lang === "ko" ? "이 위젯을 그리지 못했습니다. 셀을 다시 실행해 보세요. " : "This widget could not be drawn. Run the cell again. ",
            h("code", null, String(error))
          ));
        }
        el.dataset.ready = "1";
      };
      redraw();
      model.on("change:payload", redraw);
      model.on("change:lang", redraw);
      return () => {
        model.off("change:payload", redraw);
        model.off("change:lang", redraw);
        clear();
      };
    }
  };
}

// ts/strings/linked_view.ts
var LINKED = strings({
  en: {
    title: "The graph behind a variable",
    tag: "drawn from your own pointers; the program that ran made it",
    reach: "{n} of {total} nodes can be reached from `{y}`.",
    all: "All {total} nodes can be reached from `{y}`.",
    fewer: "{n} fewer than last time.",
    more: "{n} more than last time.",
    leaf: "`{v}` has no creator: nobody made it.",
    only: "`{y}` leads nowhere: its `creator` is None.",
    follow: "Go to {name}",
    cut: "cut",
    join: "join",
    cut_label: "Cut {link} in the picture",
    join_label: "Join {link} again",
    reset: "Join all",
    here: "you are here",
    pointers: "pointers",
    none: "None",
    value: "data",
    grad: "grad",
    unreachable: "cannot be reached any more",
    keys: "← to what made it · → back · click a pointer",
    picture: "in the picture only; your objects stay as they are",
    graph: "Graph that {y} links to"
  },
  ko: {
    title: "변수 뒤의 그래프",
    tag: "내 객체의 포인터로 그렸습니다. 실행된 프로그램이 만든 그래프입니다",
    reach: "`{y}`에서 노드 {total}개 중 {n}개에 닿습니다.",
    all: "`{y}`에서 노드 {total}개 모두에 닿습니다.",
    fewer: "지난번보다 {n}개 적습니다.",
    more: "지난번보다 {n}개 많습니다.",
    leaf: "`{v}`에는 창조자가 없습니다. 아무도 만들지 않았습니다.",
    only: "`{y}`에서 갈 곳이 없습니다. `creator`가 None입니다.",
    follow: "{name} 쪽으로 가기",
    cut: "끊기",
    join: "잇기",
    cut_label: "그림에서 {link} 끊기",
    join_label: "{link} 다시 잇기",
    reset: "모두 잇기",
    here: "현재 위치",
    pointers: "포인터",
    none: "None",
    value: "data",
    grad: "grad",
    unreachable: "이제 닿을 수 없음",
    keys: "← 만든 쪽으로 · → 돌아오기 · 포인터를 눌러 이동",
    picture: "그림에서만 끊습니다. 실제 객체는 그대로입니다",
    graph: "{y}에서 이어진 그래프"
  }
});

// ts/linked_view.ts
var CSS = `
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
var base = (id) => id.split("~")[0] ?? id;
var linked_view_default = widget("linked-view", CSS, (root, data, ctx) => {
  const t = translator(LINKED, ctx.lang);
  const output = data.output ?? Object.keys(data.nodes)[0] ?? "";
  const total = Object.keys(data.nodes).length;
  const label = (id) => data.nodes[id]?.label ?? id;
  const cuts = /* @__PURE__ */ new Set();
  let trail = [{ id: output, step: label(output) }];
  const here = () => trail[trail.length - 1]?.id ?? output;
  function pointers(id) {
    return (data.nodes[id]?.links ?? []).flatMap(([attr, targets]) => targets.map((to, i) => ({
      key: `${id}.${attr}.${i}`,
      from: id,
      to,
      text: attr === "inputs" ? `inputs[${i}]` : attr
    })));
  }
  function reachable() {
    const seen = /* @__PURE__ */ new Set(), todo = [output];
    for (let id = todo.pop(); id !== void 0; id = todo.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const p of pointers(id)) if (p.to && !cuts.has(p.key)) todo.push(p.to);
    }
    return seen;
  }
  const members = /* @__PURE__ */ new Map();
  const note = (inside) => {
    for (const group of inside.groups) {
      members.set(group.id, group.members.map(base));
      if (group.scene) note(group.scene);
    }
  };
  note(data.scene);
  const refs = (id) => members.has(id) ? (members.get(id) ?? []).flatMap(refs) : [base(id)];
  const scene = data.scene;
  const wires = scene.edges.map((edge) => {
    const [a, b] = [refs(edge.from), refs(edge.to)];
    return { el: svg("path", { class: "wire", d: edge.path }), a: new Set(a), b };
  });
  const marks = scene.nodes.map((node) => {
    const info = data.nodes[base(node.id)];
    const variable = node.kind === "variable";
    const g = svg(
      "g",
      { class: `node ${node.kind}`, onClick: () => jump(refs(node.id)[0] ?? "") },
      svg("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: variable ? Math.min(26, node.h / 2) : 6 }),
      svg("text", { class: "name", x: node.x, y: variable && info?.data ? node.y - 3 : node.y + 4.5, "text-anchor": "middle" }, node.label),
      variable && info?.data ? svg("text", { x: node.x, y: node.y + 14, "text-anchor": "middle" }, info.data) : null
    );
    return { g, ids: refs(node.id), node };
  });
  const scale = Math.max(0.82, Math.min(1, 1400 / Math.max(scene.w, 1)));
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${scene.w} ${scene.h}`, width: scene.w * scale, height: scene.h * scale, role: "img", "aria-label": t("graph", { y: label(output) }) },
    svg("g", { class: "bands" }, ...scene.bands.flatMap((b) => [svg("rect", { x: b.x, y: 4, width: b.w, height: scene.h - 8, rx: 8 })])),
    svg("g", null, ...wires.map((w) => w.el)),
    svg("g", null, ...marks.map((m) => m.g))
  );
  const canvas = h("div", { class: "canvas", tabindex: "0", "aria-label": t("keys") }, picture);
  const path = h("div", { class: "path" }), what = h("div", { class: "what", "aria-live": "polite" }), facts = h("div", { class: "facts" }), list = h("div");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const reset = h("button", { type: "button", class: "dzl-btn", onClick: () => {
    cuts.clear();
    draw();
  } }, t("reset"));
  function jump(id) {
    const from = /* @__PURE__ */ new Map(), todo = [output], seen = /* @__PURE__ */ new Set([output]);
    for (let k = 0; k < todo.length; k += 1) {
      const at = todo[k];
      for (const p of pointers(at)) {
        if (!p.to || cuts.has(p.key) || seen.has(p.to)) continue;
        seen.add(p.to);
        from.set(p.to, { id: at, step: p.text });
        todo.push(p.to);
      }
    }
    if (!seen.has(id)) return;
    const way = [];
    for (let at = id; at !== output; ) {
      const back = from.get(at);
      if (!back) break;
      way.unshift({ id: at, step: back.step });
      at = back.id;
    }
    trail = [{ id: output, step: label(output) }, ...way];
    draw();
  }
  function follow(p) {
    if (!p.to || cuts.has(p.key)) return;
    trail = [...trail, { id: p.to, step: p.text }];
    draw();
  }
  function toggle(p) {
    if (!cuts.delete(p.key)) cuts.add(p.key);
    draw();
  }
  function draw() {
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
    what.textContent = info ? info.kind === "variable" ? `${info.class} ${info.label}` : info.class : id;
    fill(facts, ...info?.kind === "variable" ? [h("span", null, t("value")), h("span", null, info.data || "–"), h("span", null, t("grad")), h("span", null, info.grad || "None")] : []);
    fill(list, ...mine.map((p) => {
      const cut = cuts.has(p.key), goal = p.to ? label(p.to) : t("none");
      const shown = `${p.text} → ${cut ? t("none") : goal}`;
      return h(
        "div",
        { class: "pointer" },
        h("button", { type: "button", class: "dzl-btn go", disabled: cut || p.to === null, "aria-label": `${shown}: ${t("follow", { name: goal })}`, onClick: () => follow(p) }, shown),
        p.to === null ? null : h("button", { type: "button", class: "dzl-btn", "aria-pressed": String(cut), "aria-label": t(cut ? "join_label" : "cut_label", { link: p.text }), onClick: () => toggle(p) }, cut ? t("join") : `✂ ${t("cut")}`)
      );
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
    h("div", { class: "body" }, canvas, h(
      "div",
      { class: "side" },
      h("div", { class: "cap", style: { "margin-top": 0 } }, t("here")),
      path,
      what,
      facts,
      h("div", { class: "cap" }, t("pointers")),
      list
    )),
    h("div", { class: "foot" }, say, h("span", { class: "dzl-tag" }, t("keys")), reset)
  );
  const first = () => pointers(here()).find((p) => p.to && !cuts.has(p.key));
  const unbind = bindKeys(root, {
    ArrowLeft: () => {
      const p = first();
      if (p) follow(p);
    },
    ArrowRight: () => {
      if (trail.length > 1) {
        trail.pop();
        draw();
      }
    },
    ArrowDown: () => sibling(1),
    ArrowUp: () => sibling(-1),
    Home: () => {
      trail = trail.slice(0, 1);
      draw();
    }
  });
  function sibling(move) {
    const parent = trail[trail.length - 2];
    if (!parent) return;
    const options = pointers(parent.id).filter((p) => p.to && !cuts.has(p.key));
    const at = options.findIndex((p) => p.text === trail[trail.length - 1]?.step);
    const next = options[(at + move + options.length) % options.length];
    if (next?.to) {
      trail = [...trail.slice(0, -1), { id: next.to, step: next.text }];
      draw();
    }
  }
  draw();
  return unbind;
});
export {
  linked_view_default as default
};
