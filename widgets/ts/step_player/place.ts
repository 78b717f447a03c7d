// Where things are, with folded groups opened in place. Opening stretches the plane around the group: every coordinate left of
// it stays, inside it scales, right of it shifts. No node is laid out anew, and closing gives the same picture back.
import type { Scene, SceneNode } from "../shared/types";

export interface PlacedNode extends SceneNode { group?: string; ref: string; open?: boolean }
export interface PlacedEdge { id: string; from: string; to: string; path: string; kind?: string }
export interface Frame { id: string; label: string; x: number; y: number; w: number; h: number }
export interface Placement {
  w: number; h: number;
  bands: { gen: number; last: number; x: number; w: number }[];
  nodes: PlacedNode[]; edges: PlacedEdge[]; frames: Frame[];
}

type Axis = (value: number) => number;
const HEAD = 26; // room for an open group's title

function stretch(from: number, to: number, grow: number): Axis {
  const size = Math.max(1, to - from);
  return (value) => (value <= from ? value : value >= to ? value + grow : from + ((value - from) * (size + grow)) / size);
}

function shiftPath(path: string, fx: Axis, fy: Axis): string {
  let odd = false;
  return path.replace(/[A-Za-z]|-?\d+(?:\.\d+)?/g, (token) => {
    if (/[A-Za-z]/.test(token)) { odd = false; return token; }
    odd = !odd;
    return String(Math.round((odd ? fx : fy)(Number(token)) * 10) / 10);
  });
}

/** A scene with H and V would break the x, y alternation; ours has only M, L, C, Q and S. */
export function place(scene: Scene, open: ReadonlySet<string>): Placement {
  let out: Placement = {
    w: scene.w, h: scene.h,
    bands: scene.bands.map((b) => ({ ...b, last: (b as { last?: number }).last ?? b.gen })),
    nodes: scene.nodes.map((n) => ({ ...n, ref: reference(n.id) })),
    edges: scene.edges.map((e) => ({ ...e })),
    frames: [],
  };
  for (const group of scene.groups) {
    if (!open.has(group.id) || !group.scene) continue;
    out = unfold(out, group.id, group.label, place(group.scene, open));
  }
  return out;
}

/** Copies of one variable are `v1~2`: they stand for `v1`. */
export function reference(id: string): string {
  return id.split("~")[0] ?? id;
}

function unfold(outer: Placement, id: string, label: string, inner: Placement): Placement {
  const node = outer.nodes.find((n) => n.id === id);
  if (!node) return outer;
  const [w, h] = [inner.w, inner.h + HEAD];
  const [left, top] = [node.x - node.w / 2, node.y - node.h / 2];
  const fx = stretch(left, left + node.w, Math.max(0, w - node.w));
  const fy = stretch(top, top + node.h, Math.max(0, h - node.h));
  const [width, height] = [Math.max(w, node.w), Math.max(h, node.h)];
  const inside = (n: PlacedNode): PlacedNode => ({ ...n, x: n.x + left, y: n.y + top + HEAD, group: n.group ?? id });
  const at = new Map<string, PlacedNode>();
  const nodes = outer.nodes.map((n) => {
    const moved = { ...n, x: fx(n.x), y: fy(n.y) };
    if (n.id === id) Object.assign(moved, { x: left + width / 2, y: top + height / 2, w: width, h: height, open: true });
    at.set(n.id, moved);
    return moved;
  });
  const edges = outer.edges.map((e) => ({ ...e, path: join(shiftPath(e.path, fx, fy), at.get(e.from), at.get(e.to)) }));
  const shiftFrame = (f: Frame): Frame => ({ ...f, x: fx(f.x), y: fy(f.y), w: fx(f.x + f.w) - fx(f.x), h: fy(f.y + f.h) - fy(f.y) });
  return {
    w: fx(outer.w), h: fy(outer.h),
    bands: outer.bands.map((b) => ({ ...b, x: fx(b.x), w: fx(b.x + b.w) - fx(b.x) })),
    nodes: [...nodes, ...inner.nodes.map(inside)],
    edges: [...edges, ...inner.edges.map((e) => ({ ...e, path: shiftPath(e.path, (v) => v + left, (v) => v + top + HEAD) }))],
    frames: [
      ...outer.frames.map(shiftFrame), { id, label, x: left, y: top, w: width, h: height },
      ...inner.frames.map((f) => ({ ...f, x: f.x + left, y: f.y + top + HEAD })),
    ],
  };
}

/** After stretching, the ends of a line may hang in the air: lead them to the sides of their nodes. */
function join(path: string, from?: PlacedNode, to?: PlacedNode): string {
  const start = /^M\s*(-?[\d.]+)[ ,]+(-?[\d.]+)/.exec(path);
  const end = /(-?[\d.]+)[ ,]+(-?[\d.]+)\s*$/.exec(path);
  if (!start || !end || !from || !to) return path;
  const [x0, y0, x1, y1] = [from.x + from.w / 2, Number(start[2]), to.x - to.w / 2, Number(end[2])];
  const head = Math.abs(x0 - Number(start[1])) > 1 ? `M${x0} ${y0}L${path.slice(1)}` : path;
  return Math.abs(x1 - Number(end[1])) > 1 ? `${head}L${x1} ${y1}` : head;
}

/** Which visible node stands for each reference: itself where it is drawn, else the outermost closed group that hides it. */
export function representatives(scene: Scene, open: ReadonlySet<string>): Map<string, string> {
  const rep = new Map<string, string>();
  const say = (id: string, by: string | null): void => {
    const ref = reference(id);
    if (rep.get(ref) !== ref) rep.set(ref, by ?? ref);
  };
  const walk = (s: Scene, hiddenBy: string | null): void => {
    for (const node of s.nodes) say(node.id, hiddenBy);
    for (const group of s.groups) {
      const by = hiddenBy ?? (open.has(group.id) ? null : group.id);
      if (by !== null) for (const member of group.members) say(member, by);
      if (group.scene) walk(group.scene, by);
    }
  };
  walk(scene, null);
  return rep;
}
