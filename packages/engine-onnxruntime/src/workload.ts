import { bindDimension, programStatistics, symbolsOf, type Program } from '@sentence-mtl/program';

/** Each symbol's size where the cost of a program is asked for before its first run: a usual batch, a usual length. */
const USUAL_SIZE = 32;

/** Half a millisecond of one core; below a millisecond a second thread costs more than it brings. */
const WORTH_SHARING = 5e7;

/** Whether a usual run of the program is long enough for several threads. */
export function isWorthSharing(program: Program): boolean {
  const { operations } = programStatistics(program);
  const sizes = Object.fromEntries(symbolsOf(operations).map((symbol) => [symbol, USUAL_SIZE]));
  return bindDimension(operations, sizes) >= WORTH_SHARING;
}
