import { LabelCounter, type Row, type TaskCounts } from '@sentence-mtl/data';
import { UsageError } from '../command-line/errors.ts';

/** What rows have shown of their labels, row by row and in bounded memory: what tasks are inferred from. */
export class LabelEvidence {
  readonly #counter = new LabelCounter();
  /** Whether the labelled rows of a task are texts or pairs. */
  readonly #kinds = new Map<string, Row['kind']>();
  #scores = { count: 0, least: Infinity, most: -Infinity };

  /** The evidence of some rows. @throws UsageError as `add` does */
  static of(rows: Iterable<Row>): LabelEvidence {
    const evidence = new LabelEvidence();
    for (const row of rows) evidence.add(row);
    return evidence;
  }

  /** @throws UsageError where a task has labels of single texts and of pairs */
  add(row: Row): void {
    this.#counter.add(row);
    for (const name of Object.keys(row.labels)) {
      if ((row.labels[name] ?? null) !== null) this.#addKind(name, row);
    }
    if (row.kind === 'text' || row.score === null) return;
    const { count, least, most } = this.#scores;
    this.#scores = { count: count + 1, least: Math.min(least, row.score), most: Math.max(most, row.score) };
  }

  #addKind(name: string, { kind, file, line }: Row): void {
    const known = this.#kinds.get(name);
    if (known === kind) return;
    if (known === undefined) this.#kinds.set(name, kind);
    else {
      throw new UsageError(
        `${file}:${line}: task ${name} has labels of single texts and of pairs; give them two names`,
      );
    }
  }

  /** By task, in the order in which tasks came up. */
  get counts(): ReadonlyMap<string, TaskCounts> {
    return this.#counter.counts;
  }

  /** The tasks whose labels are of pairs. */
  get pairTasks(): ReadonlySet<string> {
    return new Set([...this.#kinds].flatMap(([name, kind]) => (kind === 'pair' ? [name] : [])));
  }

  /** The scores of pairs. */
  get scores(): { readonly count: number; readonly least: number; readonly most: number } {
    return this.#scores;
  }
}
