// What screenplay.py writes: everything the player needs, once. Steps carry only what changed since the step before.
import type { Lang } from "../shared/strings";
import type { Scene, Snapshot } from "../shared/types";

export type Phase = "forward" | "backward" | "other";
export type StepKind =
  | "start" | "leaf" | "call" | "result" | "seed" | "receive" | "give" | "grad" | "clear" | "data" | "work" | "line" | "end"
  | "error" | "mark";

export interface Source { id: string; title: string; file: string; first: number; lines: string[] }

export interface GradChange {
  v: string;
  old: number | null; // index into snaps
  new: number | null;
  how: "first" | "added" | "replaced" | "cleared" | "inplace" | "set";
  part?: number; // what was added
}

export interface Work {
  name: string;
  items: [string, number | null][]; // function node, generation
  take: "right" | "left" | "sorted" | null; // which end the learner's loop takes from
  pushed?: number[]; // positions that are new in this step
  out?: string | null; // the call that was taken out last
  refused?: string[]; // calls that were met again and not put in a second time
}

export interface PlayerStep {
  i: number; // index of the last event in this step
  p: Phase;
  k: StepKind;
  say?: Partial<Record<Lang, string>>; // a plain line has none: the line itself is the sentence
  set?: [string, "data" | "grad", number | null][];
  show?: string[];
  on?: string[];
  wires?: [string, string][]; // node pairs, forward direction
  tokens?: [string, string, number][]; // node pair and the value that travels
  back?: 1; // the values travel against the arrows
  at?: [number, number] | null; // source, line number
  stack?: [string, number, number][]; // name, source, line; innermost last
  work?: Work | null;
  formula?: string;
  grad?: GradChange;
  error?: { type: string; message: string; line: number | null };
}

export interface Run {
  title: string;
  scene: Scene;
  generations?: boolean; // whether the engine counts them; only then they are named
  variables: { id: string; label: string; cls: string }[];
  functions: Record<string, string>; // node id -> label
  sources: Source[];
  snaps: Snapshot[];
  steps: PlayerStep[];
  phases: { p: Phase; from: number; to: number; n?: number }[];
  dot: string;
  notice?: Partial<Record<Lang, string>>;
}

export interface StepPayload {
  version: 1;
  kind: "dezero_lab.player";
  title: string;
  subtitle?: string;
  lang: Lang;
  predict: boolean;
  start?: number;
  focus?: string | null;
  lines?: boolean; // open with a stop at every line
  runs: Run[]; // one, or two to compare
  pairs?: [number, number][]; // compare: which steps stand side by side
  differs?: number | null; // compare: first pair whose values differ
}
export type { Lang, Scene, Snapshot };
