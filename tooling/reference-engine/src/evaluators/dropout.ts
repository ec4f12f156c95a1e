import { AVALANCHE_FACTORS, bindShape, POSITION_FACTOR } from '@sentence-mtl/program';
import { elementAt, tabulate } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';

// The specification of `keepMask` once more, in integers of any size: no wrapping product or shift that could be
// taken for granted, so that an engine and the specification cannot share a mistake about 32 bits.

const low32 = (x: bigint): bigint => BigInt.asUintN(32, x);

function avalanche(bits: bigint): bigint {
  const mixed = AVALANCHE_FACTORS.reduce((x, factor) => low32((x ^ (x / 2n ** 16n)) * BigInt(factor)), low32(bits));
  return mixed ^ (mixed / 2n ** 15n);
}

/** The odd hash of one row (part 0) or column (part 1) of a site. */
function oddHash(index: number, keyWord: number, site: number, part: 0 | 1): bigint {
  const offset = low32(BigInt(keyWord)) ^ avalanche(BigInt(2 * site + part));
  return avalanche(BigInt(index) * BigInt(POSITION_FACTOR) + offset) | 1n;
}

export const dropoutEvaluators: Pick<EvaluatorTable, 'dropoutMask'> = {
  dropoutMask(operands, { shape, rate, site }, { bindings }) {
    const key = operandAt(operands, 0);
    const sizes = bindShape(shape, bindings);
    const columns = sizes.at(-1) ?? 1;
    const threshold = BigInt(Math.round((rate - 0.5) * 2 ** 32));
    const rowCount = columns === 0 ? 0 : sizes.reduce((a, b) => a * b, 1) / columns;
    const mask = tabulate('bool', [rowCount, columns], ([i = 0, j = 0]) => {
      const product = oddHash(i, elementAt(key, [0]), site, 0) * oddHash(j, elementAt(key, [1]), site, 1);
      return Number(BigInt.asIntN(32, product) > threshold);
    });
    return [{ ...mask, shape: sizes }];
  },
};
