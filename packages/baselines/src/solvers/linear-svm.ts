/**
 * A linear support vector machine with squared hinge loss, `min ½ (‖w‖² + b²) + C Σ max(0, 1 − y (w·x + b))²`, found in
 * its dual by one row at a time. Rows that the solution clearly does not rest on are left out of rounds (shrinking), and
 * all are looked at again before the end.
 * Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method for large-scale linear SVM" (2008), as
 * LIBLINEAR and so scikit-learn's `LinearSVC(dual=True)` have it, but for the orders of rows, which labels share.
 */
import type { Random } from '@sentence-mtl/core';
import type { LinearOutput } from '../linear-model.ts';
import type { SparseMatrix } from '../sparse-matrix.ts';
import { checkCost } from './check-cost.ts';

export interface LinearSvmOptions {
  /** The weight C of the losses against that of the norm; 1 unless given. */
  readonly cost?: number;
  /** Ends when the projected gradients of all rows differ by no more; 1e-4 unless given. */
  readonly tolerance?: number;
  /** The most rounds over the rows; 1000 unless given. */
  readonly rounds?: number;
}

/** Orders of rows that rounds take in turn. */
const ORDERS = 32;

/** Steps smaller than this are not taken. */
const LEAST_GRADIENT = 1e-12;

/** What is the same for every label: rows, their squared lengths with the 1 of the bias, and the orders they are taken in. */
export interface SvmRows {
  readonly features: SparseMatrix;
  readonly squares: Float64Array;
  readonly orders: readonly Uint32Array[];
}

export function svmRows(features: SparseMatrix, random: Random): SvmRows {
  const { rowCount, rowStarts, values } = features;
  const squares = new Float64Array(rowCount).fill(1);
  for (let row = 0; row < rowCount; row++) {
    const end = rowStarts[row + 1] ?? 0;
    for (let i = rowStarts[row] ?? 0; i < end; i++) squares[row] = (squares[row] ?? 0) + (values[i] ?? 0) ** 2;
  }
  const orders = Array.from({ length: ORDERS }, (_, round) => random.split(round).permutation(rowCount));
  return { features, squares, orders };
}

interface Dual {
  /** 1 for rows of the label and −1 for others. */
  readonly signs: Int8Array;
  /** The multiplier of each row. */
  readonly alphas: Float64Array;
  /** Whether a row is looked at in rounds. */
  readonly active: Uint8Array;
  /** `Σ α y x` */
  readonly weights: Float64Array;
  bias: number;
}

interface Gradients {
  readonly greatest: number;
  readonly least: number;
}

/** One round over the active rows; those that violate no bound, and less than any did in the last round, become inactive. */
function descend(
  { features, squares }: SvmRows,
  dual: Dual,
  order: Uint32Array,
  cost: number,
  last: Gradients,
): Gradients {
  const { rowStarts, columns, values } = features;
  const { signs, alphas, active, weights } = dual;
  const diagonal = 0.5 / cost;
  let [greatest, least, bias] = [-Infinity, Infinity, dual.bias];
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    if (active[row] === 0) continue;
    const start = rowStarts[row] ?? 0;
    const end = rowStarts[row + 1] ?? 0;
    const sign = signs[row] ?? 0;
    const alpha = alphas[row] ?? 0;
    let score = bias;
    for (let i = start; i < end; i++) score += (values[i] ?? 0) * (weights[columns[i] ?? 0] ?? 0);
    const gradient = sign * score - 1 + alpha * diagonal;
    if (alpha === 0 && gradient > last.greatest) {
      active[row] = 0;
      continue;
    }
    const projected = alpha === 0 ? Math.min(0, gradient) : gradient;
    if (projected > greatest) greatest = projected;
    if (projected < least) least = projected;
    if (Math.abs(projected) <= LEAST_GRADIENT) continue;
    const moved = Math.max(0, alpha - gradient / ((squares[row] ?? 0) + diagonal));
    const change = (moved - alpha) * sign;
    alphas[row] = moved;
    bias += change;
    for (let i = start; i < end; i++) {
      const column = columns[i] ?? 0;
      weights[column] = (weights[column] ?? 0) + change * (values[i] ?? 0);
    }
  }
  dual.bias = bias;
  return { greatest, least };
}

/** Nothing becomes inactive after a round without a bound. */
const NO_BOUND: Gradients = { greatest: Infinity, least: -Infinity };

/**
 * Separates the rows that `isPositive` from the others.
 * @throws ArgumentError unless the cost is positive
 */
export function trainLinearSvm(
  rows: SvmRows,
  isPositive: (row: number) => boolean,
  { cost = 1, tolerance = 1e-4, rounds = 1000 }: LinearSvmOptions = {},
): LinearOutput {
  checkCost(cost);
  const { rowCount, columnCount } = rows.features;
  const dual: Dual = {
    signs: Int8Array.from({ length: rowCount }, (_, row) => (isPositive(row) ? 1 : -1)),
    alphas: new Float64Array(rowCount),
    active: new Uint8Array(rowCount).fill(1),
    weights: new Float64Array(columnCount),
    bias: 0,
  };
  let last = NO_BOUND;
  for (let round = 0; round < rounds; round++) {
    const order = rows.orders[round % rows.orders.length] ?? new Uint32Array();
    const { greatest, least } = descend(rows, dual, order, cost, last);
    if (greatest - least > tolerance) {
      last = { greatest: greatest <= 0 ? Infinity : greatest, least: least >= 0 ? -Infinity : least };
    } else if (dual.active.includes(0)) {
      dual.active.fill(1);
      last = NO_BOUND;
    } else break;
  }
  return { weights: dual.weights, bias: dual.bias };
}
