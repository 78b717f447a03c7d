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
function translator(table2, lang) {
  return (key, values = {}) => table2[lang][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
function strings(table2) {
  return table2;
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

// ts/strings/course_map.ts
var table = strings({
  en: {
    title: "Course map",
    concepts_of: "{k} of {n} concepts",
    chapters_of: "{k} of {n} chapters",
    learned: "learned",
    shaky: "shaky: helped, or predicted otherwise",
    open: "open",
    legend_learned: "learned",
    legend_shaky: "shaky",
    legend_open: "open",
    map_label: "{n} concepts by part and chapter. Arrow keys move, Enter opens the notebook.",
    dot: "{concept}, chapter {chapter}, {state}",
    chapter: "Chapter {id}",
    column: "Column {id}",
    appendix: "Appendix {id}",
    primer: "Primer {id}",
    bridge: "Bridge {id}",
    taste: "Taste",
    assumed: "assumed known",
    open_notebook: "Open the notebook",
    not_here: "The notebook is not in this folder yet.",
    minutes: "{n} min",
    builds_on: "Builds on",
    opens: "Opens the way to",
    nothing: "nothing before it",
    last: "an end point",
    path: "The way there: {n} concepts to go",
    path_none: "Everything before it is learned.",
    part: "Part {id}",
    as_table: "As a table",
    th_chapter: "chapter",
    th_concept: "concept",
    th_needs: "builds on",
    th_state: "state"
  },
  ko: {
    title: "코스 맵",
    concepts_of: "개념 {n}개 중 {k}개",
    chapters_of: "{n}장 중 {k}장",
    learned: "익힘",
    shaky: "덜 익힘: 도움을 받았거나 예측이 빗나감",
    open: "아직",
    legend_learned: "익힘",
    legend_shaky: "덜 익힘",
    legend_open: "아직",
    map_label: "개념 {n}개를 부와 장으로 나눈 지도. 화살표 키로 이동하고 Enter로 노트북을 엽니다.",
    dot: "{concept}, {chapter}, {state}",
    chapter: "{id}장",
    column: "칼럼 {id}",
    appendix: "부록 {id}",
    primer: "입문 {id}",
    bridge: "다리 {id}",
    taste: "맛보기",
    assumed: "이미 안다고 보는 것",
    open_notebook: "노트북 열기",
    not_here: "이 폴더에는 아직 노트북이 없습니다.",
    minutes: "{n}분",
    builds_on: "바탕이 되는 개념",
    opens: "이어지는 개념",
    nothing: "앞선 개념 없음",
    last: "여기서 끝남",
    path: "여기까지 남은 개념 {n}개",
    path_none: "앞선 개념을 모두 익혔습니다.",
    part: "{id}부",
    as_table: "표로 보기",
    th_chapter: "장",
    th_concept: "개념",
    th_needs: "바탕 개념",
    th_state: "상태"
  }
});

// ts/course_map.ts
var STACK = 3;
var STYLE = `
.dzl-course-map{max-width:1320px}
.dzl-course-map:lang(ko){word-break:keep-all}
.dzl-course-map .legend{display:inline-flex;gap:14px;font-size:12px;color:var(--muted);align-items:center}
.dzl-course-map .legend span{display:inline-flex;gap:5px;align-items:center}
.dzl-course-map .top{display:grid;grid-template-columns:minmax(0,1fr) 330px}
.dzl-course-map .map{position:relative;padding:10px 14px 12px;overflow-x:auto}
.dzl-course-map .map>svg{position:absolute;left:0;top:0;pointer-events:none;overflow:visible}
.dzl-course-map .part{display:grid;grid-template-columns:132px 1fr;gap:12px;padding:7px 0;align-items:end}
.dzl-course-map .part+.part{border-top:1px solid var(--gen)}
.dzl-course-map .pname{appearance:none;border:0;background:none;text-align:left;font:inherit;font-size:12.5px;line-height:1.35;color:var(--muted);cursor:pointer;padding:3px 8px 3px 0;align-self:center;border-radius:5px}
.dzl-course-map .pname b{display:block;color:var(--ink)}
.dzl-course-map .pname[aria-pressed=true] b{color:var(--funline)}
.dzl-course-map .cols{display:flex;gap:2px;align-items:end;min-width:max-content}
.dzl-course-map .col{display:grid;justify-items:center;gap:3px;border-radius:6px;padding:4px 3px 2px;flex:1 1 30px;min-width:25px;max-width:62px}
.dzl-course-map .col.on{background:var(--gen)}
.dzl-course-map .dots{display:grid;grid-auto-flow:column;gap:3px;align-items:end}
.dzl-course-map .stack{display:grid;gap:3px}
.dzl-course-map .num{font-size:10.5px;color:var(--muted);line-height:15px;font-variant-numeric:tabular-nums}
.dzl-course-map .num.done{color:var(--ok);font-weight:700}
.dzl-course-map .num.next{color:var(--panel);background:var(--funline);border-radius:4px;padding:0 4px;font-weight:700}
.dzl-course-map .dot{appearance:none;position:relative;width:18px;height:18px;padding:0;border-radius:50%;border:1.7px solid color-mix(in srgb,var(--muted) 55%,var(--panel));background:var(--panel);cursor:pointer;z-index:1}
.dzl-course-map .dot::after{position:absolute;inset:0;display:grid;place-items:center;font:700 10px/1 var(--sans)}
.dzl-course-map .learned{background:var(--ok);border-color:var(--ok)}
.dzl-course-map .learned::after{content:"✓";color:var(--panel)}
.dzl-course-map .shaky{background:var(--var);border-color:var(--varline)}
.dzl-course-map .shaky::after{content:"~";color:var(--varline);font-size:13px}
.dzl-course-map .legend .dot{cursor:default;display:inline-block;width:14px;height:14px}
.dzl-course-map .dot.need{box-shadow:0 0 0 2px var(--panel),0 0 0 4px var(--funline)}
.dzl-course-map .dot.far{box-shadow:0 0 0 1.5px var(--panel),0 0 0 3px color-mix(in srgb,var(--funline) 45%,transparent)}
.dzl-course-map .dot.gain{box-shadow:0 0 0 2px var(--panel),0 0 0 4px var(--grad)}
.dzl-course-map .dot.here{box-shadow:0 0 0 2px var(--panel),0 0 0 4.5px var(--ink);z-index:2}
.dzl-course-map .dim .dot:not(.need,.far,.gain,.here){opacity:.5}
.dzl-course-map .wire{fill:none;stroke:var(--funline);stroke-width:2}
.dzl-course-map .wire.gain{stroke:var(--grad);stroke-dasharray:5 4}
.dzl-course-map .side{border-left:1px solid var(--line);padding:14px 16px;min-height:300px}
.dzl-course-map .side .where{font-size:12px;color:var(--muted)}
.dzl-course-map .side h3{font-size:18px;line-height:1.3;margin:1px 0 0;font-weight:650;text-wrap:balance}
.dzl-course-map .side .other{font-size:13px;color:var(--muted);margin-bottom:9px}
.dzl-course-map .side h4{font-size:11.5px;letter-spacing:.03em;color:var(--muted);font-weight:600;margin:13px 0 5px}
.dzl-course-map .chips{display:flex;flex-wrap:wrap;gap:5px}
.dzl-course-map .chip{appearance:none;font:inherit;font-size:12.5px;line-height:18px;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:2px 8px;cursor:pointer;text-align:left}
.dzl-course-map .chip:hover{border-color:var(--muted)}
.dzl-course-map .chip.needs{border-color:var(--funline);background:var(--fun)}
.dzl-course-map .chip.gains{border-color:var(--grad);border-style:dashed}
.dzl-course-map .chip i{font-style:normal;color:var(--muted);font-size:11px;margin-left:4px}
.dzl-course-map a.go{display:inline-block;text-decoration:none;color:var(--ink)}
.dzl-course-map .cards{border-top:1px solid var(--line);padding:12px 14px 14px}
.dzl-course-map .cards>h3{font-size:14px;font-weight:600;margin-bottom:9px}
.dzl-course-map .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(215px,1fr));gap:9px;align-items:start}
.dzl-course-map .card{border:1px solid var(--line);border-radius:8px;padding:8px 10px 10px;display:grid;gap:7px;align-content:start}
.dzl-course-map .card.on{border-color:var(--funline)}
.dzl-course-map .card .ttl{display:flex;gap:7px;align-items:baseline;font-size:13px;font-weight:600;line-height:1.35}
.dzl-course-map .card .ttl a{color:inherit;text-decoration:none}
.dzl-course-map .card .ttl a:hover{text-decoration:underline}
.dzl-course-map .card .ttl .num{font-size:12px;white-space:nowrap}
.dzl-course-map .card .min{margin-left:auto;font-weight:400;font-size:11.5px;color:var(--muted);white-space:nowrap}
.dzl-course-map .chip.learned,.dzl-course-map .chip.shaky{background:var(--panel)}
.dzl-course-map .chip.learned{background:var(--oksoft);border-color:color-mix(in srgb,var(--ok) 55%,var(--line))}
.dzl-course-map .chip.shaky{background:var(--var);border-color:var(--varline)}
.dzl-course-map .chip::after{content:none}
.dzl-course-map .chip.learned::before{content:"✓ ";color:var(--ok);font-weight:700}
.dzl-course-map .chip.shaky::before{content:"~ ";color:var(--varline);font-weight:700}
.dzl-course-map .chip[aria-pressed=true]{outline:2px solid var(--ink);outline-offset:1px}
.dzl-course-map details{border-top:1px solid var(--line);padding:9px 14px}
.dzl-course-map summary{cursor:pointer;font-size:12.5px;color:var(--muted);width:max-content}
.dzl-course-map .dzl-table td{vertical-align:top}
@container (max-width:900px){.dzl-course-map .top{grid-template-columns:1fr}.dzl-course-map .side{border-left:0;border-top:1px solid var(--line);min-height:210px}}
`;
var course_map_default = widget("course-map", STYLE, (root, payload, ctx) => {
  const map = new CourseMap(root, payload, ctx);
  const unbind = bindKeys(root, {
    ArrowLeft: () => map.sideways(-1),
    ArrowRight: () => map.sideways(1),
    ArrowUp: () => map.along(-1),
    ArrowDown: () => map.along(1),
    Home: () => map.end(0),
    End: () => map.end(-1)
  });
  return () => {
    unbind();
    map.close();
  };
});
var CourseMap = class {
  constructor(root, data, ctx) {
    this.root = root;
    this.data = data;
    this.lang = ctx.lang;
    this.t = translator(table, ctx.lang);
    for (const entry of data.entries) this.entries.set(entry.id, entry);
    for (const concept of data.concepts) {
      this.concepts.set(concept.id, concept);
      for (const need of concept.needs) this.gains.set(need, [...this.gains.get(need) ?? [], concept.id]);
    }
    const next = data.concepts.find((concept) => concept.first === data.here) ?? data.concepts[0];
    this.chosen = next?.id ?? "";
    this.draw();
    this.choose(this.chosen, false);
    this.watch = new ResizeObserver(() => this.drawWires());
    this.watch.observe(this.map);
  }
  root;
  data;
  t;
  lang;
  entries = /* @__PURE__ */ new Map();
  concepts = /* @__PURE__ */ new Map();
  gains = /* @__PURE__ */ new Map();
  // concept -> what needs it directly
  dots = /* @__PURE__ */ new Map();
  columns = [];
  // concept ids, column by column as drawn
  wires = svg("svg", { "aria-hidden": "true" });
  map = h("div", { class: "map", role: "group" });
  side = h("div", { class: "side", "aria-live": "polite" });
  cards = h("div", { class: "cards" });
  watch;
  chosen;
  close() {
    this.watch.disconnect();
  }
  name(x) {
    return x ? x[this.lang] : "";
  }
  kind(id) {
    const { t } = this;
    if (id === "0") return t("assumed");
    if (/^\d+$/.test(id)) return t("chapter", { id });
    const letter = id[0], rest = id.slice(1);
    if (letter === "c") return t("column", { id: rest });
    if (letter === "a") return t("appendix", { id: rest });
    if (letter === "p") return t("primer", { id: rest });
    return letter === "x" ? t("bridge", { id: rest }) : t("taste");
  }
  draw() {
    const { t, data } = this;
    const learned = data.concepts.filter((c) => c.state !== "open" && c.first !== "0").length;
    const taught = data.concepts.filter((c) => c.first !== "0").length;
    const numbered = data.entries.filter((e) => /^\d+$/.test(e.id));
    const done = numbered.filter((e) => e.state !== "open").length;
    this.root.append(h(
      "div",
      { class: "dzl-head" },
      h("b", null, t("title")),
      h("span", { class: "dzl-tag" }, `${t("chapters_of", { k: done, n: numbered.length })} · ${t("concepts_of", { k: learned, n: taught })}`),
      h("span", { class: "dzl-grow" }),
      h("span", { class: "legend" }, ...["learned", "shaky", "open"].map((state) => h("span", null, h("span", { class: `dot ${state}`, "aria-hidden": "true" }), t(`legend_${state}`))))
    ));
    this.map.setAttribute("aria-label", t("map_label", { n: data.concepts.length }));
    for (const part of data.parts) this.map.append(this.row(part));
    this.map.prepend(this.wires);
    this.root.append(h("div", { class: "top" }, this.map, this.side), this.cards, this.twin());
  }
  row(part) {
    const columns = h("div", { class: "cols" });
    const assumed = this.data.concepts.filter((c) => c.first === "0");
    if (part === this.data.parts[0] && assumed.length) columns.append(this.column("0", assumed));
    for (const entry of this.data.entries) {
      if (entry.part !== part.id) continue;
      const own = this.data.concepts.filter((concept) => concept.first === entry.id);
      if (own.length) columns.append(this.column(entry.id, own));
    }
    const numbered = /^[1-5]$/.test(part.id);
    return h(
      "div",
      { class: "part" },
      h(
        "button",
        { class: "pname", "data-part": part.id, "aria-pressed": "false", onClick: () => this.showPart(part.id) },
        numbered ? h("span", null, this.t("part", { id: part.id })) : null,
        h("b", null, this.name(part))
      ),
      columns
    );
  }
  column(id, own) {
    const { data } = this;
    const stacks = [];
    for (let k = 0; k < own.length; k += STACK) {
      const stack = own.slice(k, k + STACK);
      this.columns.push(stack.map((concept) => concept.id));
      stacks.push(h("div", { class: "stack" }, ...stack.map((concept) => this.dot(concept))));
    }
    const entry = this.entries.get(id);
    const state = entry?.state ?? "open";
    const num = h("span", { class: id === data.here ? "num next" : state !== "open" ? "num done" : "num", "aria-hidden": "true" }, id === "0" ? "·" : id);
    return h(
      "div",
      { class: "col", "data-entry": id, title: entry ? `${this.kind(id)} · ${this.name(entry)}` : this.kind(id) },
      h("div", { class: "dots" }, ...stacks),
      num
    );
  }
  dot(concept) {
    const { t } = this;
    const dot = h("button", {
      class: `dot ${concept.state}`,
      tabindex: -1,
      title: this.name(concept),
      "aria-label": t("dot", { concept: this.name(concept), chapter: this.lang === "ko" ? this.kind(concept.first) : concept.first, state: t(concept.state) }),
      onClick: () => this.choose(concept.id, true),
      onFocus: () => this.choose(concept.id, false),
      onKeydown: (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          this.side.querySelector("a.go")?.click();
        }
      }
    });
    this.dots.set(concept.id, dot);
    return dot;
  }
  /** Everything before a concept. */
  before(id) {
    const found = /* @__PURE__ */ new Set();
    const work = [...this.concepts.get(id)?.needs ?? []];
    for (let next = work.pop(); next !== void 0; next = work.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      work.push(...this.concepts.get(next)?.needs ?? []);
    }
    return found;
  }
  choose(id, focus) {
    const concept = this.concepts.get(id);
    if (!concept) return;
    this.chosen = id;
    const direct = new Set(concept.needs), far = this.before(id), gains = new Set(this.gains.get(id) ?? []);
    for (const [key, dot] of this.dots) {
      dot.classList.toggle("here", key === id);
      dot.classList.toggle("need", direct.has(key));
      dot.classList.toggle("far", far.has(key) && !direct.has(key));
      dot.classList.toggle("gain", gains.has(key));
      dot.tabIndex = key === id ? 0 : -1;
    }
    this.map.classList.add("dim");
    for (const column of this.map.querySelectorAll(".col")) column.classList.toggle("on", column.dataset.entry === concept.first);
    this.drawWires();
    this.detail(concept, far);
    const part = this.entries.get(concept.first)?.part;
    if (part !== void 0) this.showPart(part);
    if (focus) this.dots.get(id)?.focus({ preventScroll: true });
  }
  drawWires() {
    const concept = this.concepts.get(this.chosen);
    const box = this.map.getBoundingClientRect();
    const middle = (id) => {
      const dot = this.dots.get(id)?.getBoundingClientRect();
      return dot ? [dot.left + dot.width / 2 - box.left + this.map.scrollLeft, dot.top + dot.height / 2 - box.top] : null;
    };
    const end = concept ? middle(concept.id) : null;
    fill(this.wires);
    if (!concept || !end) return;
    const wire = (from, to, gain) => {
      const bend = Math.max(18, Math.abs(to[1] - from[1]) * 0.45);
      const [y1, y2] = from[1] === to[1] ? [from[1] - bend, to[1] - bend] : [from[1] + bend * Math.sign(to[1] - from[1]), to[1] - bend * Math.sign(to[1] - from[1])];
      this.wires.append(svg("path", { class: gain ? "wire gain" : "wire", d: `M${from[0]} ${from[1]}C${from[0]} ${y1} ${to[0]} ${y2} ${to[0]} ${to[1]}` }));
    };
    for (const need of concept.needs) {
      const from = middle(need);
      if (from) wire(from, end, false);
    }
    for (const gain of this.gains.get(concept.id) ?? []) {
      const to = middle(gain);
      if (to) wire(end, to, true);
    }
  }
  /** What everybody is taken to know: it has no notebook, or a primer that is not there. */
  assumed(id) {
    const entry = this.entries.get(id);
    return !entry || entry.part === this.data.parts[0]?.id && entry.href === null;
  }
  detail(concept, far) {
    const { t } = this;
    const entry = this.entries.get(concept.first);
    const missing = this.data.concepts.filter((c) => far.has(c.id) && c.state === "open" && !this.assumed(c.first));
    const gains = this.gains.get(concept.id) ?? [];
    fill(
      this.side,
      h("div", { class: "where" }, entry ? `${this.kind(entry.id)} · ${this.name(entry)}` : this.kind("0")),
      h("h3", null, this.name(concept)),
      h("div", { class: "other" }, `${this.lang === "ko" ? concept.en : concept.ko} · ${t(concept.state)}`),
      entry ? this.link(entry, `${t("open_notebook")} →`, "go dzl-btn dzl-primary") ?? h("div", { class: "dzl-tag" }, t("not_here")) : null,
      h("h4", null, t("builds_on")),
      concept.needs.length ? this.chips(concept.needs, "needs") : h("span", { class: "dzl-tag" }, t("nothing")),
      h("h4", null, t("opens")),
      gains.length ? this.chips(gains, "gains") : h("span", { class: "dzl-tag" }, t("last")),
      h("h4", null, missing.length ? t("path", { n: missing.length }) : t("path_none")),
      missing.length ? this.chips(missing.slice(0, 8).map((c) => c.id), "") : null
    );
    const rest = missing.length - 8;
    if (rest > 0) this.side.append(h("span", { class: "dzl-tag" }, ` + ${rest}`));
  }
  link(entry, text, cls) {
    if (!entry.href) return null;
    const a = h("a", { class: cls, href: entry.href, target: "_blank", rel: "noopener", onClick: () => openInLab(a) }, text);
    return a;
  }
  chips(ids, cls) {
    return h("div", { class: "chips" }, ...ids.map((id) => {
      const concept = this.concepts.get(id);
      return h(
        "button",
        { class: `chip ${cls}`, onClick: () => this.choose(id, true) },
        this.name(concept),
        h("i", null, concept?.first === "0" ? "" : concept?.first ?? "")
      );
    }));
  }
  showPart(id) {
    for (const name of this.map.querySelectorAll(".pname")) name.setAttribute("aria-pressed", String(name.dataset.part === id));
    const part = this.data.parts.find((p) => p.id === id);
    const entries = this.data.entries.filter((e) => e.part === id);
    const here = this.concepts.get(this.chosen);
    const number = part && /^[1-5]$/.test(part.id) ? `${this.t("part", { id: part.id })} · ` : "";
    fill(this.cards, h("h3", null, number + this.name(part)), h("div", { class: "grid" }, ...entries.map((entry) => {
      const own = this.data.concepts.filter((c) => c.first === entry.id);
      const mark = entry.state === "open" ? "num" : "num done";
      return h(
        "div",
        { class: entry.id === here?.first ? "card on" : "card" },
        h(
          "div",
          { class: "ttl" },
          h("span", { class: mark }, entry.state === "open" ? entry.id : `${entry.id} ✓`),
          this.link(entry, this.name(entry), "") ?? h("span", null, this.name(entry)),
          h("span", { class: "min" }, this.t("minutes", { n: entry.minutes }))
        ),
        h("div", { class: "chips" }, ...own.map((concept) => h("button", {
          class: `chip ${concept.state}`,
          "aria-pressed": String(concept.id === this.chosen),
          onClick: () => this.choose(concept.id, true)
        }, this.name(concept))))
      );
    })));
  }
  twin() {
    const { t } = this;
    const details = h("details", {
      onToggle: () => {
        if (details.childElementCount > 1) return;
        details.append(h(
          "table",
          { class: "dzl-table" },
          h("thead", null, h("tr", null, ...["th_chapter", "th_concept", "th_needs", "th_state"].map((k) => h("th", { scope: "col" }, t(k))))),
          h("tbody", null, ...this.data.concepts.map((c) => h(
            "tr",
            null,
            h("td", null, c.first === "0" ? "–" : c.first),
            h("td", null, this.name(c)),
            h("td", null, c.needs.map((need) => this.name(this.concepts.get(need))).join(", ")),
            h("td", null, t(c.state))
          )))
        ));
      }
    }, h("summary", null, t("as_table")));
    return details;
  }
  /** Up and down: within a column, then to the same place in the row above or below. */
  along(step) {
    const k = this.columns.findIndex((column2) => column2.includes(this.chosen));
    const column = this.columns[k];
    const next = column?.[column.indexOf(this.chosen) + step];
    if (next !== void 0) {
      this.choose(next, true);
      return;
    }
    const here = this.dots.get(this.chosen)?.getBoundingClientRect();
    if (!here) return;
    let best = null, least = Infinity;
    for (const [id, dot] of this.dots) {
      const box = dot.getBoundingClientRect();
      const down = (box.top - here.top) * step;
      if (down < 8) continue;
      const far = down * 3 + Math.abs(box.left - here.left);
      if (far < least) {
        least = far;
        best = id;
      }
    }
    if (best) this.choose(best, true);
  }
  sideways(step) {
    const k = this.columns.findIndex((column) => column.includes(this.chosen));
    const row = this.columns[k]?.indexOf(this.chosen) ?? 0;
    const next = this.columns[k + step];
    const id = next?.[Math.min(row, next.length - 1)];
    if (id !== void 0) this.choose(id, true);
  }
  end(k) {
    const id = this.columns.at(k)?.[0];
    if (id !== void 0) this.choose(id, true);
  }
};
function openInLab(link) {
  const here = runningNotebook(link);
  if (here === null) return;
  const path = decodeURIComponent(new URL(link.getAttribute("href") ?? "", `http://x/${encodeURI(here)}`).pathname).slice(1);
  link.dataset.commandlinkerCommand = "docmanager:open";
  link.dataset.commandlinkerArgs = JSON.stringify({ path });
}
function runningNotebook(el) {
  const panel = el.closest(".jp-NotebookPanel");
  const tab = panel ? document.querySelector(`.lm-TabBar-tab[data-id="${CSS.escape(panel.id)}"]`) : null;
  const lines = (tab?.getAttribute("title") ?? "").split("\n");
  const paths = lines.map((line) => /:\s*(.+\.ipynb)$/.exec(line)?.[1]).filter((path) => path !== void 0);
  return paths.at(-1) ?? /\/lab\/(?:workspaces\/[^/]+\/)?tree\/(.*)$/.exec(decodeURIComponent(window.location.pathname))?.[1] ?? null;
}
export {
  course_map_default as default
};
