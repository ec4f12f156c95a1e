import type { EvaluatorTable } from '../evaluator.ts';
import { dropoutEvaluators } from './dropout.ts';
import { binaryEvaluators, unaryEvaluators } from './elementwise.ts';
import { leafEvaluators } from './leaf.ts';
import { normalizationEvaluators } from './normalization.ts';
import { productEvaluators } from './product.ts';
import { reductionEvaluators } from './reduction.ts';
import { rowEvaluators } from './rows.ts';
import { shapeEvaluators } from './shape.ts';

/** What every operation computes, in float64. */
export const evaluators: EvaluatorTable = {
  ...leafEvaluators,
  ...shapeEvaluators,
  ...unaryEvaluators,
  ...binaryEvaluators,
  ...reductionEvaluators,
  ...normalizationEvaluators,
  ...productEvaluators,
  ...rowEvaluators,
  ...dropoutEvaluators,
};
