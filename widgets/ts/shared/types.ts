// The JSON the Python half sends. Python names the fields; see the docstrings of dezero_lab.trace, graph and grading.
import type { Bilingual } from "./strings";

/** One array (or other value) at one moment. NaN and infinities arrive as strings. */
export interface Snapshot {
  s?: number[]; // shape
  d?: string; // dtype
  v?: Scalar[] | Scalar | string; // flat values, up to 64
  t?: string | number | null; // storage token: equal tokens share memory
  st?: { min: Scalar | null; max: Scalar | null; mean: Scalar | null; nan: number };
  th?: Scalar[][]; // at most 8x8 thumbnail
  py?: string; // not an array: its type
  repr?: string;
}
export type Scalar = number | string | boolean | null;

export interface SceneNode {
  id: string; kind: "variable" | "function" | "group"; label: string;
  x: number; y: number; w: number; h: number; gen: number | null; parts?: number;
}
export interface SceneEdge { id: string; from: string; to: string; slot?: number; path: string }
export interface SceneGroup { id: string; label: string; members: string[]; scene: Scene | null }
export interface Scene {
  version: 1; kind: "dezero_lab.scene"; w: number; h: number;
  bands: { gen: number; x: number; w: number }[];
  nodes: SceneNode[]; edges: SceneEdge[]; groups: SceneGroup[];
}

export interface Case {
  name: Bilingual; ok: boolean; inputs: string; yours: Snapshot | string | null;
  expected: Snapshot | string | null; difference: number | null; note: Bilingual | null;
}
export interface Report {
  version: 1; exercise: string; title: Bilingual;
  verdict: "pass" | "fail" | "not_attempted" | "stopped";
  passed: number; total: number; seconds: number; largest_difference: number | null;
  cases: Case[]; cause: { id: string | null; text: Bilingual } | null;
  observation: Bilingual | null; next: Bilingual | null;
  failing: { line: string; yours: Snapshot | string | null; expected: Snapshot | string | null } | null;
  hints: Bilingual[]; replay: boolean;
}

/** The part of anywidget's model the widgets use; the HTML replay brings a stand-in of the same shape. */
export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback?: (...args: never[]) => void): void;
  send?(content: unknown): void;
}
