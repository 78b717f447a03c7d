// Where things are, with folded groups opened in place. The same sums as dezero_lab/graph/unfold.py, held equal by a test: the
// group's column becomes as wide as its inside, what is right of it moves right, what is above it in the column moves up, what is
// below moves down. Nothing is laid out anew, and closing gives the same picture back.
import type { Scene, SceneNode } from "../shared/types";

export interface PlacedNode extends SceneNode { ref: string; open?: boolean }
export interface PlacedEdge { id: string; from: string; to: string; path: string; kind?: string }
export interface Placement {
  w: number; h: number;
  bands: { gen: number; last: number; x: number; w: number }[];
  nodes: PlacedNode[]; edges: PlacedEdge[];
}
type Point = [number, number];

const MARGIN = { top: 66, bottom: 48 };

/** Copies of one variable are `v1~2`: they stand for `v1`. */
export function reference(id: string): string {
  return id.split("~")[0] ?? id;
}

export function place(scene: Scene, open: ReadonlySet<string>): Placement {
  const flat: Placement = {
    w: scene.w, h: scene.h,
    bands: scene.bands.map((b) => ({ ...b, last: (b as { last?: number }).last ?? b.gen })),
    nodes: scene.nodes.map((n) => ({ ...n, ref: reference(n.id) })),
    edges: scene.edges.map((e) => ({ ...e })),
  };
  const opening = scene.groups.flatMap((g) => (open.has(g.id) && g.scene ? [{ id: g.id, inside: place(g.scene, open) }] : []));
  if (opening.length === 0) return flat;
  const byId = new Map(flat.nodes.map((n) => [n.id, n]));
  const lines = flat.edges.map((e) => points(e.path));
  for (const { id, inside } of opening) {
    const group = byId.get(id);
    if (group) makeRoom(group, flat, lines, byId, inside.w, inside.h);
  }
  const down = MARGIN.top - Math.min(...flat.nodes.map((n) => n.y - n.h / 2));
  for (const node of flat.nodes) node.y += down;
  flat.edges.forEach((e, i) => { e.path = redraw(e, lines[i] ?? [], 0, down); });
  for (const { id, inside } of opening) {
    const frame = byId.get(id);
    if (!frame) continue;
    const [left, top] = [frame.x - inside.w / 2, frame.y - inside.h / 2];
    flat.nodes.push(...inside.nodes.map((n) => ({ ...n, x: n.x + left, y: n.y + top })));
    flat.edges.push(...inside.edges.map((e) => ({ ...e, path: redraw(e, points(e.path), left, top) })));
  }
  const low = Math.max(0, ...lines.flat().map(([, y]) => y + down), ...flat.nodes.map((n) => n.y + n.h / 2));
  flat.h = low + MARGIN.bottom;
  return flat;
}

function makeRoom(group: PlacedNode, picture: Placement, lines: Point[][], byId: Map<string, PlacedNode>, width: number, height: number): void {
  const half = Math.max(...picture.nodes.filter((n) => n.x === group.x).map((n) => n.w)) / 2;
  const [left, right, middle, level] = [group.x - half, group.x + half, group.x, group.y];
  const wider = Math.max(0, width - (right - left));
  const taller = Math.max(0, height - group.h);
  const push = ([x, y]: Point): Point => [
    x + (x > middle ? wider : x === middle ? wider / 2 : 0),
    left - 1 <= x && x <= right + 1 ? y + (taller / 2) * Math.sign(y - level) : y,
  ];
  const before = new Map<string, Point>(picture.nodes.map((n) => [n.id, [n.x, n.y]]));
  for (const node of picture.nodes) [node.x, node.y] = push([node.x, node.y]);
  picture.edges.forEach((edge, i) => {
    const line = lines[i] ?? [];
    const moved = line.map(push);
    for (const [at, end, side] of [[0, edge.from, 1], [line.length - 1, edge.to, -1]] as const) {
      const [node, old, point] = [byId.get(end), before.get(end), line[at]];
      if (!node || !old || !point) continue;
      const grown = end === group.id ? (side * (Math.max(width, group.w) - group.w)) / 2 : 0;
      const dy = node.y - old[1];
      moved[at] = [point[0] + node.x - old[0] + grown, point[1] + dy];
      const beside = at + side;
      const [next, was] = [moved[beside], line[beside]];
      // The level stretch beside a node keeps the height of the line's end.
      if (line.length > 2 && next && was && was[1] === point[1]) moved[beside] = [next[0], point[1] + dy];
    }
    lines[i] = moved;
  });
  for (const band of picture.bands) {
    if (band.x > middle) band.x += wider;
    else if (band.x + band.w > middle) band.w += wider;
  }
  picture.w += wider;
  Object.assign(group, { w: Math.max(width, group.w), h: Math.max(height, group.h), open: true });
}

/** The points a path goes through: where its commands M, H and C end. */
function points(path: string): Point[] {
  const out: Point[] = [];
  for (const match of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const numbers = (match[2] ?? "").trim().split(/[ ,]+/).map(Number);
    const last = numbers[numbers.length - 1] ?? 0;
    out.push(match[1] === "H" ? [numbers[0] ?? 0, out[out.length - 1]?.[1] ?? 0] : [numbers[numbers.length - 2] ?? 0, last]);
  }
  return out;
}

const tidy = (n: number): number => Math.round(n * 10) / 10;

function redraw(edge: PlacedEdge, line: Point[], dx: number, dy: number): string {
  const moved = line.map(([x, y]): Point => [x + dx, y + dy]);
  const [start, end] = [moved[0], moved[moved.length - 1]];
  if (!start || !end) return edge.path;
  return edge.kind === "wrong" ? detour(start, end) : curve(moved, end);
}

/** Level at each point, straight where two have the same height. */
function curve(line: Point[], end: Point): string {
  let [x, y] = line[0] ?? end;
  let path = `M${tidy(x)} ${tidy(y)}`;
  for (const [nx, ny] of line.slice(1)) {
    if (nx - x < 1 && nx !== end[0]) continue;
    if (Math.abs(ny - y) < 0.05) path += `H${tidy(nx)}`;
    else {
      const middle = tidy((x + nx) / 2);
      path += `C${middle} ${tidy(y)} ${middle} ${tidy(ny)} ${tidy(nx)} ${tidy(ny)}`;
    }
    [x, y] = [nx, ny];
  }
  return path;
}

function detour([x, y]: Point, [tx, ty]: Point): string {
  const bow = 40 + Math.min(60, Math.abs(tx - x) / 8);
  const reach = 40 + Math.abs(tx - x) / 8;
  return `M${tidy(x)} ${tidy(y)}C${[[x + reach, y - bow], [tx - reach, ty - bow], [tx, ty]].map((p) => p.map((v) => tidy(v ?? 0)).join(" ")).join(" ")}`;
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
