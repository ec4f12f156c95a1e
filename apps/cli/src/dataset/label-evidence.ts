import { LabelCounter, type Row, type TaskCounts } from '@sentence-mtl/data';

/** What rows have shown of their labels, row by row and in bounded memory: what tasks are inferred from. */
export class LabelEvidence {
  readonly #counter = new LabelCounter();
  readonly #others = new Set<string>();
  #scores = { count: 0, least: Infinity, most: -Infinity };

  /** The evidence of some rows. */
  static of(rows: Iterable<Row>): LabelEvidence {
    const evidence = new LabelEvidence();
    for (const row of rows) evidence.add(row);
    return evidence;
  }

  add(row: Row): void {
    this.#counter.add(row);
    // Names that are labels by mistake of form: as soon as there are labels, they are columns of their own right.
    if (this.counts.size === 0) for (const name in row.columns) this.#others.add(name);
    if (row.kind === 'text' || row.score === null) return;
    const { count, least, most } = this.#scores;
    this.#scores = { count: count + 1, least: Math.min(least, row.score), most: Math.max(most, row.score) };
  }

  /** By task, in the order in which tasks came up. */
  get counts(): ReadonlyMap<string, TaskCounts> {
    return this.#counter.counts;
  }

  /** The names of what stands beside the texts and is no label, of rows before the first with one. */
  get others(): readonly string[] {
    return [...this.#others];
  }

  /** The scores of pairs. */
  get scores(): { readonly count: number; readonly least: number; readonly most: number } {
    return this.#scores;
  }
}
