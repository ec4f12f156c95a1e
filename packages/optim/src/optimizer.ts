import { ArgumentError, type Parameters } from '@sentence-mtl/core';
import { allocateArena, type Arena } from './arena.ts';
import type { GradientTransformation } from './gradient-transformation.ts';
import { checkState, unknownPath, type OptimizerState, type StateLayout } from './optimizer-state.ts';
import { RowGradients } from './row-gradients.ts';
import { runUpdate } from './run-update.ts';

export interface OptimizerOptions {
  /** Embedding tables whose gradients come as rows, by `addRows`. */
  readonly rowTables?: readonly string[];
  /** `plain` runs the kernels as JavaScript loops: the same bits, several times slower. */
  readonly kernels?: 'wasm' | 'plain';
  /** Whether chains that have a kernel of their own run on it: the same bits. True unless given. */
  readonly fuse?: boolean;
}

export interface StepOptions {
  /** Whether a step whose gradients have a NaN or an infinity is taken all the same: `apply` unless given. */
  readonly nonFinite?: 'apply' | 'skip';
}

/** What a step did. */
export interface StepResult {
  /** The number of this step, from 0. */
  readonly step: number;
  /** The Euclidean norm of the gradients before clipping, where a transformation or the options ask for it. */
  readonly globalNorm: number | undefined;
  /** False where it was skipped: nothing changed but the number of the next step. */
  readonly applied: boolean;
}

/**
 * Parameters, gradients and optimizer state in one memory, and the step that updates them in place. Engines read
 * `parameters` and write `gradients`; both are views that stay valid. A step allocates no array.
 */
export class Optimizer {
  /** All parameters: those that are trained in the memory, those that are frozen as they were given. */
  readonly parameters: Parameters;
  /** Where an engine writes the gradients. Frozen parameters have none, tables with row gradients take rows. */
  readonly gradients: Parameters;
  readonly #transformation: GradientTransformation;
  readonly #arena: Arena;
  readonly #fuse: boolean;
  readonly #tables: ReadonlyMap<string, RowGradients>;
  readonly #slots: ReadonlyMap<string, Parameters>;
  readonly #layout: StateLayout;
  readonly #counts = new Map<string, number>();
  #step = 0;

  /**
   * Copies the parameters that `transformation` does not freeze into one memory, with what it keeps of each.
   * @throws MemoryLimitError when they need more than 4 GiB
   * @throws ArgumentError when a row table is not a parameter of shape (rows, width)
   */
  constructor(transformation: GradientTransformation, parameters: Parameters, options: OptimizerOptions = {}) {
    const { rowTables = [], kernels = 'wasm', fuse = true } = options;
    const slots = new Map([...parameters.keys()].map((path) => [path, transformation.init(path)]));
    const entries = [...parameters].flatMap(([path, { shape }]) => {
      const kept = slots.get(path);
      return kept === undefined ? [] : [{ path, shape, slots: ['parameter', 'gradient', ...kept] }];
    });
    const tables = rowTables.filter((path) => !parameters.has(path) || slots.get(path) !== undefined);
    const widest = Math.max(0, ...tables.map((path) => parameters.get(path)?.shape[1] ?? 0));
    const arena = allocateArena(entries, { kernels, scratchLength: Math.max(16_384, widest + 1) });
    const views = (slot: string): Parameters => {
      const owners = entries.filter((entry) => entry.slots.includes(slot));
      return new Map(owners.map(({ path }) => [path, arena.tensor(path, slot)]));
    };
    const trained = views('parameter');
    for (const [path, { data }] of trained) data.set(parameters.get(path)?.data ?? data);
    this.#transformation = transformation;
    this.#arena = arena;
    this.#fuse = fuse;
    this.#tables = new Map(tables.map((path) => [path, new RowGradients(arena, path)]));
    this.#slots = new Map([...new Set([...slots.values()].flatMap((kept) => kept ?? []))].map((s) => [s, views(s)]));
    this.parameters = new Map([...parameters].map(([path, given]) => [path, trained.get(path) ?? given]));
    this.gradients = new Map([...views('gradient')].filter(([path]) => !this.#tables.has(path)));
    const { label } = transformation;
    const labels = new Map(label === undefined ? [] : [...parameters.keys()].map((path) => [path, label(path)]));
    this.#layout = { parameters: this.parameters, labels, slotsOf: (path) => slots.get(path) };
  }

  /**
   * Adds gradients of rows (N, D) to a table's gradient at int32 ids (N), in order; ids may repeat.
   * @throws ArgumentError when the path is not a row table, an id is not one of its rows, or sizes do not match
   */
  addRows(path: string, ids: Int32Array, rows: Float32Array): void {
    const table = this.#tables.get(path);
    if (table === undefined) throw new ArgumentError(`${path} is not one of the optimizer's row tables`);
    table.add(ids, rows);
  }

  /**
   * Updates the parameters that have a gradient in this step, all that are not frozen unless given. Others stay as they
   * are: no decay, no step of theirs is counted. Row gradients are zero afterwards; other gradients are to be written
   * anew.
   * @throws ArgumentError when a path is not a parameter that is trained, or a schedule gives no number; nothing has
   *   changed then
   */
  step(paths: Iterable<string> = this.#trained(), { nonFinite = 'apply' }: StepOptions = {}): StepResult {
    const updated = new Set(paths);
    for (const path of updated) this.#check(path);
    const { readsGlobalNorm, update } = this.#transformation;
    const skips = nonFinite === 'skip';
    const globalNorm = readsGlobalNorm || skips ? this.#globalNorm(updated) : undefined;
    const step = this.#step;
    const applied = !skips || Number.isFinite(globalNorm);
    const planned = [...(applied ? updated : [])].map((path) => {
      const count = (this.#counts.get(path) ?? 0) + 1;
      return { path, count, operations: update({ path, step, count, globalNorm: globalNorm ?? NaN }) };
    });
    this.#step++;
    for (const { path, count, operations } of planned) {
      this.#counts.set(path, count);
      runUpdate(this.#arena, path, operations, { fuse: this.#fuse });
    }
    for (const table of this.#tables.values()) table.clear();
    return { step, globalNorm, applied };
  }

  /** The state as it is now; its arrays are views, which later steps change. */
  get state(): OptimizerState {
    const stepped = (arrays: Parameters): Parameters => {
      return new Map([...arrays].filter(([path]) => this.#counts.has(path)));
    };
    const slots = [...this.#slots].map(([slot, arrays]) => [slot, stepped(arrays)] as const);
    return { step: this.#step, counts: new Map(this.#counts), labels: this.#layout.labels, slots: new Map(slots) };
  }

  /**
   * Copies a state in, so that the next step is the one that would have followed it. A parameter that has taken no step
   * in it starts afresh.
   * @throws ArgumentError when it is not a state of the parameters, labels and arrays of this optimizer; nothing has
   *   changed then
   */
  restore(state: OptimizerState): void {
    checkState(state, this.#layout);
    for (const [slot, arrays] of this.#slots) {
      for (const [path, { data }] of arrays) {
        const given = state.slots.get(slot)?.get(path);
        if (given !== undefined) data.set(given.data);
        else if (this.#counts.has(path)) data.fill(0);
      }
    }
    this.#counts.clear();
    for (const [path, count] of state.counts) this.#counts.set(path, count);
    this.#step = state.step;
  }

  #trained(): readonly string[] {
    return [...this.parameters.keys()].filter((path) => this.#layout.slotsOf(path) !== undefined);
  }

  #globalNorm(paths: Iterable<string>): number {
    let sum = 0;
    for (const path of paths) {
      const table = this.#tables.get(path);
      const { address, length } = this.#arena.region(path, 'gradient');
      sum += table === undefined ? this.#arena.kernels.sumOfSquares(address, length) : table.sumOfSquares();
    }
    return Math.sqrt(sum);
  }

  #check(path: string): void {
    if (!this.parameters.has(path)) throw unknownPath(path, this.parameters);
    if (this.#layout.slotsOf(path) !== undefined) return;
    throw new ArgumentError(`${path} is frozen by the optimizer's transformation; it cannot take a step`);
  }
}
