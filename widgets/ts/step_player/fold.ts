// The state after a step, by folding deltas; and which variables share memory.
import type { PlayerStep, Run, Snapshot, Work } from "./types";

export interface State {
  k: number;
  step: PlayerStep;
  data: Map<string, number | null>;
  grad: Map<string, number | null>;
  shown: Set<string>;
  changed: Set<string>; // "v1.data" written in this step
  at: [number, number] | null;
  stack: [string, number, number][];
  work: Work | null;
}

export class Folder {
  private state: State;

  constructor(readonly run: Run) {
    this.state = this.blank();
  }

  private blank(): State {
    return {
      k: -1, step: { i: -1, p: "other", k: "start" }, data: new Map(), grad: new Map(), shown: new Set(),
      changed: new Set(), at: null, stack: [], work: null,
    };
  }

  /** The state after step k. Going forward continues from where it is; going back folds from the start. */
  at(k: number): State {
    if (k < this.state.k) this.state = this.blank();
    const state = this.state;
    while (state.k < k) {
      const step = this.run.steps[state.k + 1];
      if (!step) break;
      state.k += 1;
      // a plain line keeps lit what was lit
      state.step = step.k === "line" ? { ...step, on: state.step.on ?? [] } : step;
      state.changed = new Set();
      for (const [id, what, snap] of step.set ?? []) {
        state[what].set(id, snap);
        state.changed.add(`${id}.${what}`);
      }
      for (const id of step.show ?? []) state.shown.add(id);
      if (step.at !== undefined) state.at = step.at;
      if (step.stack !== undefined) state.stack = step.stack;
      if (step.work !== undefined) state.work = step.work;
    }
    return state;
  }

  snap(index: number | null | undefined): Snapshot | null {
    return index === null || index === undefined ? null : (this.run.snaps[index] ?? null);
  }

  label(id: string): string {
    return this.run.variables.find((v) => v.id === id)?.label ?? this.run.functions[id] ?? id;
  }

  /** For each "v1.data" the other places that hold the same memory now. */
  shared(state: State): Map<string, string[]> {
    const byToken = new Map<string, string[]>();
    for (const what of ["data", "grad"] as const) {
      for (const [id, index] of state[what]) {
        const snap = this.snap(index);
        if (!snap || snap.t === null || snap.t === undefined) continue;
        const key = String(snap.t);
        byToken.set(key, [...(byToken.get(key) ?? []), `${id}.${what}`]);
      }
    }
    const out = new Map<string, string[]>();
    for (const places of byToken.values()) {
      if (places.length < 2) continue;
      for (const place of places) out.set(place, places.filter((p) => p !== place));
    }
    return out;
  }
}
