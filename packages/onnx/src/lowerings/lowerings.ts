import { dropoutLowerings } from './dropout.ts';
import { binaryLowerings, unaryLowerings } from './elementwise.ts';
import { leafLowerings } from './leaf.ts';
import type { LoweringTable } from './lowering.ts';
import { normalizationLowerings } from './normalization.ts';
import { productLowerings } from './product.ts';
import { reductionLowerings } from './reduction.ts';
import { rowLowerings } from './rows.ts';
import { shapeLowerings } from './shape.ts';

/** The ONNX operators of every operation. */
export const lowerings: LoweringTable = {
  input: (_emitter, _names, { attributes: { name } }) => name,
  ...leafLowerings,
  ...shapeLowerings,
  ...unaryLowerings,
  ...binaryLowerings,
  ...reductionLowerings,
  ...normalizationLowerings,
  ...productLowerings,
  ...rowLowerings,
  ...dropoutLowerings,
};
