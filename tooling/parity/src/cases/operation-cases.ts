import { binaryCases } from './binary-cases.ts';
import type { CaseTable } from './case-table.ts';
import { leafCases } from './leaf-cases.ts';
import { normalizationCases } from './normalization-cases.ts';
import { productCases } from './product-cases.ts';
import { reductionCases } from './reduction-cases.ts';
import { rowCases } from './row-cases.ts';
import { shapeCases } from './shape-cases.ts';
import { unaryCases } from './unary-cases.ts';

/** The cases of every operation, which each engine has to pass. */
export const operationCases: CaseTable = {
  ...leafCases,
  ...shapeCases,
  ...unaryCases,
  ...binaryCases,
  ...reductionCases,
  ...normalizationCases,
  ...productCases,
  ...rowCases,
};
