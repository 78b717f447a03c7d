// ts/shared/dom.ts
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

// ts/strings/types_view.ts
var TYPES = strings({
  en: {
    title: "Type meter",
    tag: "what travels on every wire",
    shape: "shape {s}",
    gave: "gave {type}",
    fine: "`{input}`: an `ndarray` on every wire.",
    lost: "`{input}`: after `{f}` the wire carries `{type}`, no longer an `ndarray`.",
    saved: "`{input}`: `{f}` gives `{type}`, and your `__call__` turns it back into an `ndarray`.",
    stopped: "`{input}`: {error}",
    none: "nothing came through"
  },
  ko: {
    title: "자료형 측정기",
    tag: "선마다 무엇이 지나가는지",
    shape: "형상 {s}",
    gave: "결과는 {type}",
    fine: "`{input}`: 모든 선에 `ndarray`가 지나갑니다.",
    lost: "`{input}`: `{f}` 다음부터 `ndarray`가 아니라 `{type}`입니다.",
    saved: "`{input}`: `{f}`의 결과는 `{type}`이지만 `__call__`이 다시 `ndarray`로 바꿉니다.",
    stopped: "`{input}`: {error}",
    none: "아무것도 지나가지 않았습니다"
  }
});

// ts/types_view.ts
var CSS = `
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
var types_view_default = widget("types-view", CSS, (root, data, ctx) => {
  const t = translator(TYPES, ctx.lang);
  root.append(h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag"))));
  for (const row of data.rows) {
    const wires = h("div", { class: "wires", tabindex: "0", role: "group", "aria-label": row.input });
    row.wires.forEach((wire, i) => {
      const call = row.calls[i - 1];
      if (call) {
        wires.append(h("div", { class: "call" }, h("i", null, call.label), call.raw.array ? null : h("span", null, t("gave", { type: call.raw.type }))));
      }
      wires.append(h(
        "div",
        { class: `wire ${wire.array ? "" : "off"}` },
        h("b", null, wire.name),
        h("code", null, `${wire.type}${wire.array ? "" : " ⚠"}`),
        h("span", null, wire.array ? t("shape", { s: wire.shape }) : " "),
        h("span", null, wire.value)
      ));
    });
    const lost = row.wires.findIndex((w) => !w.array), saved = row.calls.find((c) => !c.raw.array);
    const text = row.error ? t("stopped", { input: row.input, error: row.error }) : row.wires.length === 0 ? t("none") : lost > 0 ? t("lost", { input: row.input, f: row.calls[lost - 1]?.label ?? "", type: row.wires[lost]?.type ?? "" }) : saved ? t("saved", { input: row.input, f: saved.label, type: saved.raw.type }) : t("fine", { input: row.input });
    root.append(h(
      "section",
      { class: "row" },
      h("div", { class: "input" }, h("code", null, row.input)),
      wires,
      h("div", { class: `dzl-say ${row.error || lost > 0 ? "dzl-bad" : "dzl-ok"}` }, ...rich(text))
    ));
  }
  ctx.el.dataset.step = "0";
  return bindKeys(root, {});
});
export {
  types_view_default as default
};
