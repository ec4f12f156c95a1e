import { binaryGradients, unaryGradients } from './elementwise.ts';
import { leafGradients } from './leaf.ts';
import { normalizationGradients } from './normalization.ts';
import { productGradients } from './product.ts';
import { reductionGradients } from './reduction.ts';
import { shapeGradients } from './shape.ts';
import type { GradientTable } from './table.ts';

/** The gradient of every operation. */
export const gradientRules: GradientTable = {
  ...leafGradients,
  ...shapeGradients,
  ...unaryGradients,
  ...binaryGradients,
  ...reductionGradients,
  ...normalizationGradients,
  ...productGradients,
};
