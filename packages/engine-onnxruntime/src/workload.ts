import { bindDimension, programStatistics, symbolsOf, type Program } from '@sentence-mtl/program';

/** Each symbol's size where the cost of a program is asked for before its first run: a usual batch, a usual length. */
const USUAL_SIZE = 32;

/** Below this many operations a run takes less than waking a second thread costs (measured: docs/decisions/0004). */
const WORTH_SHARING = 5e7;

/** Whether a usual run of the program is long enough for several threads. */
export function isWorthSharing(program: Program): boolean {
  const { operations } = programStatistics(program);
  const sizes = Object.fromEntries(symbolsOf(operations).map((symbol) => [symbol, USUAL_SIZE]));
  return bindDimension(operations, sizes) >= WORTH_SHARING;
}
