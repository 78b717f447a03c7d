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

// ts/parts/matrix.ts
var MATRIX_CSS = `
.dzl .mx{display:grid;gap:5px;justify-content:start}
.dzl .mx table{border-collapse:separate;border-spacing:3px;margin:-3px;font-family:var(--mono);font-size:12px}
.dzl .mx td{min-width:54px;padding:5px 7px;text-align:center;border-radius:4px;background:var(--soft);color:var(--ink);border:0;white-space:nowrap}
.dzl .mx td[data-heat]{background:color-mix(in srgb,var(--funline) calc(var(--heat)*34%),var(--soft))}
.dzl .mx td[data-heat="-"]{background:color-mix(in srgb,var(--varline) calc(var(--heat)*34%),var(--soft))}
.dzl .mx td.wrong{background:var(--badcell);color:var(--badink);font-weight:600;outline:2px solid var(--bad);outline-offset:-1px}
.dzl .mx .slice{font-size:11px;color:var(--muted);font-family:var(--mono);margin:2px 0 1px}
`;
function isSnapshot(x) {
  return typeof x === "object" && x !== null;
}
function valuesOf(x) {
  if (!isSnapshot(x) || x.v === void 0) return null;
  return Array.isArray(x.v) ? x.v : [x.v];
}
function shapeText(shape) {
  if (!shape) return "";
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
function toNumber(x) {
  if (typeof x === "number") return x;
  if (x === "inf" || x === "Infinity") return Infinity;
  if (x === "-inf" || x === "-Infinity") return -Infinity;
  return typeof x === "boolean" ? Number(x) : NaN;
}
function isWhole(x) {
  return isSnapshot(x) && /^u?int/.test(x.d ?? "");
}
function short(x, digits = 4) {
  if (typeof x === "string" || typeof x === "boolean") return String(x);
  if (x === null || x === void 0) return "–";
  if (!Number.isFinite(x)) return String(x);
  if (x === 0) return "0.0";
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) return x.toExponential(Math.max(0, Math.min(digits - 1, 3))).replace(/\.?0+e/, "e").replace("e+", "e");
  const text = String(Number(x.toPrecision(digits)));
  return text.includes(".") || text.includes("e") ? text : `${text}.0`;
}
function power(x) {
  if (x === 0) return "0";
  return x >= 0.01 && x < 1e3 ? short(x, 2) : x.toExponential(0).replace("e+", "e");
}
function texts(x, like = null, least = 3) {
  const values = valuesOf(x) ?? [], other = valuesOf(like);
  if (isWhole(x)) return values.map(String);
  const compared = other?.length === values.length ? other : [];
  for (let digits = least; digits <= 9; digits += 1) {
    const both = columnTexts([...values, ...compared], digits);
    const mine = both.slice(0, values.length), theirs = both.slice(values.length);
    if (digits === 9 || !theirs.some((text, k) => text === mine[k] && !close(values[k], compared[k], 1e-6))) return mine;
  }
  return [];
}
function columnTexts(values, digits) {
  const sizes = values.map(toNumber).filter((x) => Number.isFinite(x) && x !== 0).map(Math.abs);
  const top = Math.max(...sizes, 0);
  const decimals = Math.max(1, digits - Math.max(1, Math.ceil(Math.log10(top + 1e-12))));
  const apart = Math.min(...sizes) < 0.5 * 10 ** -decimals && Math.min(...sizes) > 1e-14;
  if (!sizes.length || top >= 1e5 || top < 1e-3 || apart) return values.map((x) => short(x, digits));
  const fixed = values.map((x) => typeof x === "number" ? x.toFixed(decimals) : short(x));
  const spare = Math.min(...fixed.map((text) => /\.\d*$/.test(text) ? /0*$/.exec(text)?.[0].length ?? 0 : 99), decimals - 1);
  return fixed.map((text) => /\.\d*$/.test(text) && spare > 0 ? text.slice(0, -spare) : text);
}
function close(a, b, relative = 1e-4) {
  const x = toNumber(a), y = toNumber(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
  return x === y || Math.abs(x - y) <= 1e-6 + relative * Math.abs(y);
}
function wrongEntries(yours, expected) {
  const a = valuesOf(yours), b = valuesOf(expected);
  if (!a || !b || !sameShape(yours, expected)) return null;
  const wrong = a.map((x, k) => !close(x, b[k]));
  if (wrong.some(Boolean)) return wrong;
  const apart = a.map((x, k) => Math.abs(toNumber(x) - toNumber(b[k])));
  const worst = Math.max(...apart);
  return apart.map((d) => d > 0 && d === worst);
}
function sameShape(a, b) {
  return isSnapshot(a) && isSnapshot(b) && JSON.stringify(a.s ?? []) === JSON.stringify(b.s ?? []);
}
function matrix(x, { wrong = null, like = null, heat = false, label, says }) {
  const box = h("div", { class: "mx" });
  const shape = x.s ?? [];
  const flat = valuesOf(x);
  if (!flat) {
    if (x.th) box.append(tableOf(x.th.map((row) => row.map((v) => short(v, 3))), x.th.flat(), x.th[0]?.length ?? 0, null, true, label));
    if (x.st) box.append(h("div", { class: "slice" }, `${shapeText(shape)}  ${short(x.st.min)} … ${short(x.st.max)}`));
    return box;
  }
  const shown = texts(x, like);
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1] ?? 1;
  const rows = shape.length < 2 ? 1 : shape[shape.length - 2] ?? 1;
  const area = rows * columns;
  if (area === 0) return add1(box, h("div", { class: "slice" }, shapeText(shape)));
  for (let start = 0; start < flat.length; start += area) {
    if (flat.length > area) box.append(h("div", { class: "slice" }, indexOf(start / area, shape.slice(0, -2))));
    const grid = [];
    for (let r = 0; r < rows; r += 1) grid.push(shown.slice(start + r * columns, start + (r + 1) * columns));
    const bad = wrong ? wrong.slice(start, start + area) : null;
    box.append(tableOf(grid, flat.slice(start, start + area), columns, bad, heat, label, (k) => says?.(start + k) ?? null));
  }
  return box;
}
function tableOf(grid, values, columns, wrong, heat, label, says = () => null) {
  const top = Math.max(...values.map(toNumber).filter(Number.isFinite).map(Math.abs), 1e-300);
  return h("table", { "aria-label": label }, h("tbody", null, ...grid.map((row, r) => h("tr", null, ...row.map((text, c) => {
    const k = r * columns + c;
    const bad = wrong?.[k] ?? false;
    const number = toNumber(values[k]);
    const tint = heat && !bad && Number.isFinite(number);
    return h("td", {
      class: bad ? "wrong" : null,
      "data-heat": tint ? number < 0 ? "-" : "+" : null,
      "aria-label": bad ? says(k) : null,
      style: tint ? { "--heat": Math.abs(number) / top } : {}
    }, text);
  })))));
}
function indexOf(k, shape) {
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const n = shape[axis] ?? 1;
    index.unshift(k % n);
    k = Math.floor(k / n);
  }
  return `[${index.join(", ")}]`;
}
function add1(el, child) {
  add(el, [child]);
  return el;
}

// ts/strings/grad_table.ts
var table = strings({
  en: {
    title: "Gradients of {y}",
    variable: "variable",
    yours: "your gradient",
    numerical: "numerical gradient",
    difference: "largest difference",
    agree: "agrees",
    differ: "differs",
    empty: "empty",
    shape: "shape",
    all_agree: "{n} of {n} agree",
    some: "{k} of {n} agree",
    entry: "{v}, should be {w}"
  },
  ko: {
    title: "{y}의 기울기",
    variable: "변수",
    yours: "내 기울기",
    numerical: "수치 기울기",
    difference: "최대 차이",
    agree: "일치",
    differ: "불일치",
    empty: "비어 있음",
    shape: "형상",
    all_agree: "{n}개 모두 일치",
    some: "{n}개 중 {k}개 일치",
    entry: "{v}, 기댓값 {w}"
  }
});

// ts/grad_table.ts
var CSS = `${MATRIX_CSS}
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
var grad_table_default = widget("grad-table", CSS, (root, payload, ctx) => {
  const t = translator(table, ctx.lang);
  const judged = payload.rows.filter((row) => row.ok !== null);
  const good = judged.filter((row) => row.ok).length;
  root.append(h(
    "div",
    { class: "dzl-head" },
    h("b", null, ...rich(t("title", { y: `\`${payload.output}\`` }))),
    h("span", { class: "dzl-grow" }),
    judged.length ? h("span", { class: "count" }, good === judged.length ? t("all_agree", { n: good }) : t("some", { k: good, n: judged.length })) : null
  ));
  root.append(h("div", { class: "dzl-body" }, h(
    "table",
    { class: "dzl-table" },
    h("thead", null, h("tr", null, ...["variable", "yours", "numerical", "difference"].map((key) => h("th", { scope: "col" }, t(key))))),
    h("tbody", null, ...payload.rows.map((row) => h(
      "tr",
      null,
      h("th", { scope: "row" }, row.name),
      h("td", { class: row.ok === false ? "bad" : null }, side(row.own, row.numerical, row.ok === false, t("yours"))),
      h("td", null, side(row.numerical, row.own, false, t("numerical"))),
      h("td", { class: row.ok === null ? "d" : row.ok ? "d ok" : "d bad" }, ...verdict(row))
    )))
  )));
  return bindKeys(root, {});
  function verdict(row) {
    if (row.note) return [h("span", { class: "note" }, row.note), row.ok === false ? " ✗" : ""];
    const shapes = isSnapshot(row.own) && isSnapshot(row.numerical) && !sameShape(row.own, row.numerical);
    const what = shapes ? t("shape") : row.difference === null ? "" : power(row.difference);
    return [`${what} ${row.ok ? "✓" : "✗"}`, h("span", { class: "dzl-sr" }, t(row.ok ? "agree" : "differ"))];
  }
  function side(x, other, mark, label) {
    if (!isSnapshot(x)) return h("span", { class: "note" }, x ?? (label === t("yours") ? t("empty") : "–"));
    const flat = valuesOf(x);
    if (flat?.length === 1 && (x.s ?? []).length === 0) return h("span", { class: "one" }, texts(x, other, 6)[0] ?? "");
    const wrong = mark ? wrongEntries(x, other) : null;
    const theirs = valuesOf(other);
    const says = (k) => t("entry", { v: short(flat?.[k]), w: short(theirs?.[k]) });
    return h("div", null, h("div", { class: "shape" }, shapeText(x.s)), matrix(x, { wrong, like: other, heat: true, label, says }));
  }
});
export {
  grad_table_default as default
};
