import { describeProblem, type RowProblem } from '@sentence-mtl/data';

/** Rows that are told one by one; of the others only the number. */
const TOLD = 20;

/** What becomes of rows that cannot be read. */
export interface BadRows {
  /** Takes one; undefined where the first of them ends the reading. */
  readonly onBadRow: ((problem: RowProblem) => void) | undefined;
  readonly count: () => number;
}

/** The first rows that cannot be read end the reading. */
export const refuseBadRows: BadRows = { onBadRow: undefined, count: () => 0 };

/** Rows that cannot be read are told and left out. */
export function leaveOutBadRows(note: (text: string) => Promise<void>): BadRows {
  let count = 0;
  return {
    count: () => count,
    onBadRow: (problem) => {
      count++;
      const text = count > TOLD ? 'more rows are left out' : `left out: ${describeProblem(problem)}`;
      // Notes that nobody reads do not end the work.
      if (count <= TOLD + 1) note(text).catch(() => undefined);
    },
  };
}
