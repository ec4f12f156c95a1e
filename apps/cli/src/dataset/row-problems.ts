import { BadRowsError, type RowProblem } from '@sentence-mtl/data';

/** Problems that are told before a run stops. */
const TOLD = 20;

/** Takes what is wrong with rows: all of it where rows are skipped, else the first few, then the work ends. */
export class RowProblems {
  readonly #skips: boolean;
  readonly #problems: RowProblem[] = [];

  constructor(onBadRow: 'stop' | 'skip') {
    this.#skips = onBadRow === 'skip';
  }

  /** All problems so far, in the order in which they came up. */
  get all(): readonly RowProblem[] {
    return this.#problems;
  }

  /** @throws BadRowsError where there are enough of them, and rows are not skipped */
  add(problem: RowProblem): void {
    this.#problems.push(problem);
    if (!this.#skips && this.#problems.length >= TOLD) throw new BadRowsError(this.#problems);
  }

  /** @throws BadRowsError where there are some, and rows are not skipped */
  check(): void {
    if (!this.#skips && this.#problems.length > 0) throw new BadRowsError(this.#problems);
  }
}
