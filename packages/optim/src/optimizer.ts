import { ArgumentError, nearestMatch, type Parameters } from '@sentence-mtl/core';
import { allocateArena, type Arena } from './arena.ts';
import type { GradientTransformation } from './gradient-transformation.ts';
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

/** All that an optimizer needs to go on where it was, besides the parameters. */
export interface OptimizerState {
  readonly step: number;
  /** Steps of each parameter, by path. */
  readonly counts: ReadonlyMap<string, number>;
  /** Arrays of state: by slot, such as `adam.firstMoment`, then by path. */
  readonly slots: ReadonlyMap<string, Parameters>;
}

/** What a step did. */
export interface StepResult {
  /** The number of this step, from 0. */
  readonly step: number;
  /** The Euclidean norm of the gradients before clipping, where a transformation reads it. */
  readonly globalNorm: number | undefined;
}

/**
 * Parameters, gradients and optimizer state in one memory, and the step that updates them in place. Engines read
 * `parameters` and write `gradients`; both are views that stay valid.
 */
export class Optimizer {
  /** The parameters themselves. */
  readonly parameters: Parameters;
  /** Where an engine writes the gradients; tables with row gradients are not among them. */
  readonly gradients: Parameters;
  readonly #transformation: GradientTransformation;
  readonly #arena: Arena;
  readonly #fuse: boolean;
  readonly #tables: ReadonlyMap<string, RowGradients>;
  readonly #slots: ReadonlyMap<string, Parameters>;
  readonly #counts = new Map<string, number>();
  #step = 0;

  /**
   * Copies the parameters that will ever be trained into one memory, with what `transformation` keeps of each.
   * @throws MemoryLimitError when they need more than 4 GiB
   * @throws ArgumentError when a row table is not a parameter of shape (rows, width)
   */
  constructor(transformation: GradientTransformation, parameters: Parameters, options: OptimizerOptions = {}) {
    const { rowTables = [], kernels = 'wasm', fuse = true } = options;
    const entries = [...parameters].map(([path, { shape }]) => {
      return { path, shape, slots: ['parameter', 'gradient', ...transformation.init(path)] };
    });
    const widest = Math.max(0, ...rowTables.map((path) => parameters.get(path)?.shape[1] ?? 0));
    const arena = allocateArena(entries, { kernels, scratchLength: Math.max(16_384, widest + 1) });
    const views = (slot: string): Parameters => {
      const owners = entries.filter(({ slots }) => slots.includes(slot));
      return new Map(owners.map(({ path }) => [path, arena.tensor(path, slot)]));
    };
    this.#transformation = transformation;
    this.#arena = arena;
    this.#fuse = fuse;
    this.#tables = new Map(rowTables.map((path) => [path, new RowGradients(arena, path)]));
    this.#slots = new Map(
      [...new Set(entries.flatMap(({ slots }) => slots.slice(2)))].map((slot) => [slot, views(slot)]),
    );
    this.parameters = views('parameter');
    this.gradients = new Map([...views('gradient')].filter(([path]) => !this.#tables.has(path)));
    for (const [path, { data }] of parameters) this.parameters.get(path)?.data.set(data);
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
   * Updates the parameters that have a gradient in this step, all unless given. Others stay as they are: no decay, no
   * step of theirs is counted. Row gradients are zero afterwards; other gradients are to be written anew.
   * @throws ArgumentError when a path is not a parameter of this optimizer
   */
  step(paths: Iterable<string> = this.parameters.keys()): StepResult {
    const updated = [...paths];
    for (const path of updated) this.#check(path);
    const globalNorm = this.#transformation.readsGlobalNorm ? this.#globalNorm(updated) : undefined;
    const step = this.#step++;
    for (const path of updated) {
      const count = (this.#counts.get(path) ?? 0) + 1;
      this.#counts.set(path, count);
      const operations = this.#transformation.update({ path, step, count, globalNorm: globalNorm ?? NaN });
      runUpdate(this.#arena, path, operations, { fuse: this.#fuse });
    }
    for (const table of this.#tables.values()) table.clear();
    return { step, globalNorm };
  }

  /** The state as it is now; its arrays are views, which later steps change. */
  get state(): OptimizerState {
    return { step: this.#step, counts: new Map(this.#counts), slots: this.#slots };
  }

  /**
   * Copies a state in, so that the next step is the one that would have followed it.
   * @throws ArgumentError when it has arrays that this optimizer does not keep, or of other sizes
   */
  restore({ step, counts, slots }: OptimizerState): void {
    for (const [slot, arrays] of slots) {
      for (const [path, { data }] of arrays) {
        const into = this.#arena.tensor(path, slot).data;
        if (into.length !== data.length) {
          throw new ArgumentError(`the state ${slot} of ${path} has ${data.length} values, not ${into.length}`);
        }
        into.set(data);
      }
    }
    this.#counts.clear();
    for (const [path, count] of counts) this.#counts.set(path, count);
    this.#step = step;
  }

  #globalNorm(paths: readonly string[]): number {
    const sums = paths.map((path) => {
      const table = this.#tables.get(path);
      if (table !== undefined) return table.sumOfSquares();
      const { address, length } = this.#arena.region(path, 'gradient');
      return this.#arena.kernels.sumOfSquares(address, length);
    });
    return Math.sqrt(sums.reduce((sum, squares) => sum + squares, 0));
  }

  #check(path: string): void {
    if (this.parameters.has(path)) return;
    const near = nearestMatch(path, this.parameters.keys());
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new ArgumentError(`${path} is not a parameter of the optimizer${hint}`);
  }
}
