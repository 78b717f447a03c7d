// Curve and secant, the same place through a magnifier, and the valley of errors, for one step size at a time.
import { attr, fill, h, rich, svg } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { choice, CHOICE_CSS } from "./small/choice";
import { power, short } from "./small/num";
import { stepBar, STEP_BAR_CSS } from "./small/step_bar";
import { SECANT } from "./strings/secant_view";

interface Step {
  h: number; left: number | null; right: number | null; central: number | null; forward: number | null;
  ec: number | null; ef: number | null; zoom: (number | null)[];
}
interface Payload {
  x: number; slope: number | null; own: boolean; runs: number; here: number | null; error: string | null;
  curve: [number, number | null][]; steps: Step[]; best: { ec: number | null; ef: number | null };
}

const W = 360, H = 268, L = 46, R = 12, T = 12, B = 30;
const CSS = `${CHOICE_CSS}${STEP_BAR_CSS}
.dzl-secant-view{max-width:1180px}
.dzl-secant-view .panels{display:grid;grid-template-columns:repeat(3,1fr);gap:4px;padding:8px 10px 0}
.dzl-secant-view figure{margin:0;min-width:0}
.dzl-secant-view figcaption{font-size:12px;color:var(--muted);padding:2px 0 2px 46px;font-weight:600}
.dzl-secant-view svg{display:block;width:100%;height:auto}
.dzl-secant-view svg text{font-size:11px;fill:var(--muted)}
.dzl-secant-view .frame{fill:none;stroke:var(--line)}
.dzl-secant-view .grid{stroke:var(--gen);stroke-width:1}
.dzl-secant-view .curve{fill:none;stroke:var(--ink);stroke-width:2}
.dzl-secant-view .secant{stroke:var(--grad);stroke-width:2.4}
.dzl-secant-view .tangent{stroke:var(--ok);stroke-width:1.6;stroke-dasharray:5 5}
.dzl-secant-view .pt{fill:var(--panel);stroke:var(--grad);stroke-width:2.4}
.dzl-secant-view .home{fill:var(--ink)}
.dzl-secant-view .c{fill:var(--funline)}.dzl-secant-view .f{fill:none;stroke:var(--varline);stroke-width:1.6}
.dzl-secant-view .off{opacity:.16}
.dzl-secant-view .ring{fill:none;stroke:var(--grad);stroke-width:2.6}
.dzl-secant-view .low{display:grid;grid-template-columns:auto 1fr;gap:14px;padding:6px 14px 12px;align-items:center}
.dzl-secant-view .digits{font-family:var(--mono);font-size:13px;line-height:21px;white-space:pre;min-width:310px}
.dzl-secant-view .digits .same{color:var(--muted)}.dzl-secant-view .digits .own{color:var(--grad);font-weight:700}
.dzl-secant-view .dzl-say{min-height:58px;display:flex;align-items:center}
@container (max-width:760px){.dzl-secant-view .panels{grid-template-columns:1fr 1fr}.dzl-secant-view .low{grid-template-columns:1fr}}
@container (max-width:520px){.dzl-secant-view .panels{grid-template-columns:1fr}}
`;

type Scale = (value: number) => number;
const linear = (a: number, b: number, p: number, q: number): Scale => (v) => p + ((v - a) / (b - a || 1)) * (q - p);

/** How many leading digits two numbers share, and both written so that it can be seen. */
function digits(a: number, b: number): { a: string; b: string; same: number } {
  const places = Math.max(0, 16 - Math.max(1, Math.floor(Math.log10(Math.max(Math.abs(a), Math.abs(b), 1e-300))) + 1));
  const [s, t] = [a.toFixed(Math.min(places, 20)), b.toFixed(Math.min(places, 20))];
  let same = 0;
  while (same < s.length && s[same] === t[same]) same += 1;
  return { a: s.replace("-", "−"), b: t.replace("-", "−"), same };
}

export default widget<Payload>("secant-view", CSS, (root, data, ctx) => {
  const t = translator(SECANT, ctx.lang);
  const here = data.here ?? 0, slope = data.slope ?? 0;
  let mode: "central" | "forward" = "central";

  // the whole curve
  const reach = Math.max(Math.abs(slope), 0.6) * 1.25;
  const ys = data.curve.map((p) => p[1]).filter((y): y is number => y !== null && y > here - 1.3 * reach && y < here + 1.3 * reach);
  const low = Math.min(...ys, here - reach * 0.35), high = Math.max(...ys, here + reach * 0.35);
  const px = linear(data.x - 1.25, data.x + 1.25, L, W - R), py = linear(low - (high - low) * 0.06, high + (high - low) * 0.06, H - B, T);
  const clip = `clip${Math.random().toString(36).slice(2, 8)}`;
  const path = (points: [number, number | null][], fx: Scale, fy: Scale): string => {
    let pen = "M";
    return points.map(([x, y]) => {
      if (y === null) { pen = "M"; return ""; }
      const part = `${pen}${fx(x).toFixed(1)} ${Math.max(-4000, Math.min(4000, fy(y))).toFixed(1)}`;
      pen = "L";
      return part;
    }).join("");
  };
  const box = (): SVGRectElement => svg("rect", { x: L, y: T, width: W - L - R, height: H - T - B, class: "frame" });
  const clipRect = svg("clipPath", { id: clip }, svg("rect", { x: L, y: T, width: W - L - R, height: H - T - B }));
  const tangent = (fx: Scale, fy: Scale, span: number, at: number, y0: number): SVGLineElement => svg("line", {
    class: "tangent", x1: fx(at - span), x2: fx(at + span), y1: fy(y0 - slope * span), y2: fy(y0 + slope * span),
  });
  const secant = svg("line", { class: "secant" }), pa = svg("circle", { class: "pt", r: 5 }), pb = svg("circle", { class: "pt", r: 5 });
  const one = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("curve") }, svg("defs", null, clipRect), box(),
    svg("g", { "clip-path": `url(#${clip})` }, tangent(px, py, 3, data.x, here),
      svg("path", { class: "curve", d: path(data.curve, px, py) }), secant, pa, pb,
      svg("circle", { class: "home", r: 3.5, cx: px(data.x), cy: py(here) })),
    ...[-1, 0, 1].map((k) => svg("text", { x: px(data.x + k), y: H - 12, "text-anchor": "middle" }, short(data.x + k, 3))),
    ...[low, here, high].map((y) => svg("text", { x: L - 6, y: py(y) + 4, "text-anchor": "end" }, short(y, 3))));

  // the same place, magnified
  const gx = linear(-1, 1, L, W - R), steep = Math.max(Math.abs(slope), 0.5) * 1.5, gy = linear(-steep, steep, H - B, T);
  const zoomed = svg("path", { class: "curve" }), zoomSecant = svg("line", { class: "secant" });
  const za = svg("circle", { class: "pt", r: 5 }), zb = svg("circle", { class: "pt", r: 5 });
  const marks = [svg("text", { x: gx(-0.5), y: H - 12, "text-anchor": "middle" }, "x − h"), svg("text", { x: gx(0), y: H - 12, "text-anchor": "middle" }, "x"),
    svg("text", { x: gx(0.5), y: H - 12, "text-anchor": "middle" }, "x + h")];
  const two = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("glass") }, box(),
    svg("g", { "clip-path": `url(#${clip})` }, tangent(gx, gy, 1, 0, 0), zoomed, zoomSecant, za, zb), ...marks);

  // the valley
  const vx = linear(0, -15, L + 8, W - R - 8), vy = linear(-12, 2.2, H - B, T);
  const ly = (e: number): number => Math.max(T + 4, Math.min(H - B - 3, vy(Math.log10(Math.max(e, 1e-13)))));
  const centralDots = data.steps.map((s) => s.ec === null ? null
    : svg("circle", { class: "c", r: 3.4, cx: vx(Math.log10(s.h)), cy: ly(s.ec) }));
  const forwardDots = data.steps.map((s) => s.ef === null ? null
    : svg("rect", { class: "f", width: 6, height: 6, x: vx(Math.log10(s.h)) - 3, y: ly(s.ef) - 3 }));
  const ring = svg("circle", { class: "ring", r: 7 });
  const dots = svg("g", null, ...forwardDots, ...centralDots);
  const three = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("valley") }, box(),
    ...[0, -3, -6, -9, -12].map((k) => svg("line", { class: "grid", x1: L, x2: W - R, y1: vy(k), y2: vy(k) })),
    ...[0, -3, -6, -9, -12].map((k) => svg("text", { x: L - 6, y: vy(k) + 4, "text-anchor": "end" }, power(10 ** k))),
    ...[0, -5, -10, -15].map((k) => svg("text", { x: vx(k), y: H - 12, "text-anchor": "middle" }, power(10 ** k))), dots, ring,
    svg("circle", { class: "c", r: 3.4, cx: W - 116, cy: T + 14 }), svg("text", { x: W - 108, y: T + 18 }, t("central")),
    svg("rect", { class: "f", width: 6, height: 6, x: W - 119, y: T + 27 }), svg("text", { x: W - 108, y: T + 34 }, t("forward")));

  const numbers = h("div", { class: "digits", "aria-hidden": "true" });
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });

  function draw(i: number): void {
    const s = data.steps[i];
    if (!s) return;
    const a = mode === "central" ? s.left : data.here, b = s.right;
    const ax = mode === "central" ? data.x - s.h : data.x, bx = data.x + s.h;
    const found = mode === "central" ? s.central : s.forward, error = mode === "central" ? s.ec : s.ef;
    const place = (dot: SVGElement, x: number, y: number | null): void => {
      attr(dot, "visibility", y === null ? "hidden" : "visible");
      if (y !== null) { attr(dot, "cx", x); attr(dot, "cy", Math.max(-4000, Math.min(4000, y))); }
    };
    place(pa, px(ax), a === null ? null : py(a));
    place(pb, px(bx), b === null ? null : py(b));
    const m = a === null || b === null ? null : (b - a) / (bx - ax);
    attr(secant, "visibility", m === null ? "hidden" : "visible");
    if (m !== null && a !== null && Number.isFinite(m)) {
      const y = (x: number): number => py(a + m * (x - ax));
      for (const [n, v] of Object.entries({ x1: px(data.x - 3), x2: px(data.x + 3), y1: y(data.x - 3), y2: y(data.x + 3) })) attr(secant, n, v);
    }
    const z = s.zoom.map((y, k): [number, number | null] => [-1 + (2 * k) / (s.zoom.length - 1), y]);
    attr(zoomed, "d", path(z, gx, gy));
    const zl = mode === "central" && a !== null && data.here !== null ? (a - data.here) / (2 * s.h) : 0;
    const zr = b !== null && data.here !== null ? (b - data.here) / (2 * s.h) : 0;
    const zx = mode === "central" ? -0.5 : 0, zs = (zr - zl) / (0.5 - zx);
    place(za, gx(zx), gy(zl));
    place(zb, gx(0.5), gy(zr));
    for (const [n, v] of Object.entries({ x1: gx(-1), x2: gx(1), y1: gy(zl + zs * (-1 - zx)), y2: gy(zl + zs * (1 - zx)) })) attr(zoomSecant, n, v);
    attr(marks[0] as SVGElement, "visibility", mode === "central" ? "visible" : "hidden");

    centralDots.forEach((d, k) => d?.setAttribute("visibility", k <= i ? "visible" : "hidden"));
    forwardDots.forEach((d, k) => d?.setAttribute("visibility", k <= i ? "visible" : "hidden"));
    for (const d of centralDots) d?.setAttribute("class", mode === "central" ? "c" : "c off");
    for (const d of forwardDots) d?.setAttribute("class", mode === "forward" ? "f" : "f off");
    place(ring, vx(Math.log10(s.h)), error === null ? null : ly(error));

    const seen = a === null || b === null ? null : digits(b, a);
    fill(numbers);
    if (seen) {
      for (const [name, text] of [[t("right"), seen.a], [mode === "central" ? t("left") : t("here"), seen.b]] as const) {
        numbers.append(h("div", null, `${name.padEnd(9)} `, h("span", { class: "same" }, text.slice(0, seen.same)),
          h("span", { class: "own" }, text.slice(seen.same))));
      }
    }
    const best = data.best[mode === "central" ? "ec" : "ef"];
    const parts = [t("says", { h: power(s.h, 2), m: short(found, 9), e: power(error, 2) })];
    if (seen && a === b) parts.push(t("lost"));
    else if (best !== null) parts.push(i === best ? t("best") : i > best ? t("cancel") : t("truncation"));
    fill(say, h("span", null, ...rich(parts.join(" "))));
    ctx.el.dataset.step = String(i);
  }

  const who = data.own ? t("own") : t("lab");
  const pickMode = choice(t("which"), [t("central"), t("forward")], (k) => { mode = k ? "forward" : "central"; draw(bar.at()); });
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")),
      h("span", { class: "dzl-tag" }, t("tag", { x: short(data.x), who }), " · ", t("estimate", { s: short(data.slope, 9) }), " · ", t("runs", { n: short(data.runs, 3) })),
      h("span", { class: "dzl-grow" }), pickMode.el),
    h("div", { class: "panels" },
      h("figure", null, h("figcaption", null, t("curve")), one), h("figure", null, h("figcaption", null, t("glass")), two),
      h("figure", null, h("figcaption", null, t("valley")), three)),
    h("div", { class: "low" }, numbers, say));
  if (data.error) root.append(h("div", { class: "dzl-body" }, h("div", { class: "dzl-say dzl-bad", role: "alert" }, t("error", { error: data.error }))));
  const bar = stepBar({
    count: data.steps.length, lang: ctx.lang, label: t("step"), interval: 260,
    valueText: (i) => t("says", {
      h: power(data.steps[i]?.h, 2), m: short(data.steps[i]?.[mode], 9), e: power(data.steps[i]?.[mode === "central" ? "ec" : "ef"], 2),
    }),
    onStep: draw,
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => { bar.stop(); unbind(); };
});
