// A PNG card of the current step for a chat: title, graph, sentence. Drawn in the browser, no server involved.
import type { Translate } from "./player";
import type { RunView } from "./run_view";
import { download, fileName } from "./save";
import type { StepPayload } from "./types";

const SIZE = { w: 1200, h: 675 };
const COPIED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "opacity", "text-anchor", "paint-order", "stroke-linejoin"];

/** The graph as a standalone SVG text: computed styles become attributes, hidden parts go. */
export function stillSvg(view: RunView): string {
  const original = view.graph.picture;
  const copy = original.cloneNode(true) as SVGSVGElement;
  const from = original.querySelectorAll<SVGElement>("*");
  const to = copy.querySelectorAll<SVGElement>("*");
  from.forEach((element, i) => {
    const target = to[i];
    if (!target) return;
    const style = getComputedStyle(element);
    for (const name of COPIED) target.setAttribute(name, style.getPropertyValue(name));
    target.removeAttribute("class");
    if (style.opacity === "0" || style.visibility === "hidden" || element.tagName === "title") target.setAttribute("data-gone", "");
  });
  copy.querySelectorAll("[data-gone]").forEach((element) => element.remove());
  const { w, h } = view.graph.contentSize;
  copy.querySelector(":scope > g")?.removeAttribute("transform");
  for (const [k, v] of Object.entries({ xmlns: "http://www.w3.org/2000/svg", viewBox: `-8 -20 ${w + 16} ${h + 40}`, width: String(w + 16), height: String(h + 40) })) copy.setAttribute(k, v);
  return new XMLSerializer().serializeToString(copy);
}

function wrap(ctx: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (ctx.measureText(longer).width > width && line) { lines.push(line); line = word; } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

export async function savePicture(view: RunView, payload: StepPayload, step: number, total: number, t: Translate): Promise<void> {
  const root = view.el.closest<HTMLElement>(".dzl") ?? view.el;
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SIZE.w, SIZE.h];
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  const font = (px: number, weight = 400): string => `${weight} ${px}px ${colour("--sans") || "sans-serif"}`;
  ctx.fillStyle = colour("--panel");
  ctx.fillRect(0, 0, SIZE.w, SIZE.h);
  ctx.fillStyle = colour("--ink");
  ctx.font = font(30, 700);
  ctx.fillText(payload.title || t("title"), 40, 62, SIZE.w - 80);
  ctx.font = font(24);
  const lines = wrap(ctx, `${t("of_steps", { n: step + 1, total })} ${view.sentence().replace(/`|\*\*/g, "")}`, SIZE.w - 120).slice(0, 4);
  const top = SIZE.h - 42 - lines.length * 34;
  await drawSvg(ctx, stillSvg(view), 40, 90, SIZE.w - 80, top - 130);
  ctx.fillStyle = colour("--soft");
  ctx.fillRect(40, top - 30, SIZE.w - 80, lines.length * 34 + 26);
  ctx.fillStyle = colour("--grad");
  ctx.fillRect(40, top - 30, 6, lines.length * 34 + 26);
  ctx.fillStyle = colour("--ink");
  lines.forEach((line, i) => ctx.fillText(line, 62, top + 6 + i * 34));
  ctx.fillStyle = colour("--muted");
  ctx.font = font(16);
  ctx.fillText("dezero_lab", SIZE.w - 40 - ctx.measureText("dezero_lab").width, 58);
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, "image/png"); });
  if (blob) download(blob, fileName(`${payload.title}-${step + 1}`, "png"));
}

async function drawSvg(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, w: number, h: number): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const k = Math.min(w / image.width, h / image.height, 2.2);
  ctx.drawImage(image, x + (w - image.width * k) / 2, y + (h - image.height * k) / 2, image.width * k, image.height * k);
}
