import type { KernelTable } from '../kernel.ts';
import { binaryKernels, unaryKernels } from './elementwise.ts';
import { normalizationKernels } from './normalization.ts';
import { productKernels } from './product.ts';
import { reductionKernels } from './reduction.ts';
import { rowKernels } from './rows.ts';
import { shapeKernels } from './shape.ts';

/** How tfjs computes every operation. */
export const kernels: KernelTable = {
  ...shapeKernels,
  ...unaryKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...normalizationKernels,
  ...productKernels,
  ...rowKernels,
};
