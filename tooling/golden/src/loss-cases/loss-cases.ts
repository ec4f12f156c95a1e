import { classificationCases } from './classification-cases.ts';
import { distanceCases } from './distance-cases.ts';
import type { LossCase } from './loss-case.ts';
import { rankingCases } from './ranking-cases.ts';
import { regressionCases } from './regression-cases.ts';

/** Every recorded loss by the name of its case. */
export const lossCases: Readonly<Record<string, LossCase>> = {
  ...classificationCases,
  ...rankingCases,
  ...distanceCases,
  ...regressionCases,
};

/** @throws RangeError for a name that no case has */
export function lossCaseNamed(name: string): LossCase {
  const lossCase = lossCases[name];
  if (lossCase === undefined) throw new RangeError(`no loss is written for the recorded case "${name}"`);
  return lossCase;
}
