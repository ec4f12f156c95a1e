import { unreachable } from '@sentence-mtl/core';
import { CLASSIFICATION } from './classification-metrics.ts';
import { EMBEDDING } from './embedding-metrics.ts';
import type { KindMetrics, MeasuredOutputs } from './kind-metrics.ts';
import { MULTI_LABEL } from './multi-label-metrics.ts';
import { PAIR_SIMILARITY, REGRESSION } from './number-metrics.ts';
import type { TaskOutputs } from './task-outputs.ts';

/** Uses outputs with the metrics of their kind: the only place that knows all kinds. */
export function withKind<R>(
  outputs: TaskOutputs,
  use: <O extends MeasuredOutputs>(kind: KindMetrics<O>, outputs: O) => R,
): R {
  switch (outputs.kind) {
    case 'classification':
    case 'pair-classification':
      return use(CLASSIFICATION, outputs);
    case 'multi-label':
      return use(MULTI_LABEL, outputs);
    case 'regression':
      return use(REGRESSION, outputs);
    case 'pair-similarity':
      return use(PAIR_SIMILARITY, outputs);
    case 'embedding':
      return use(EMBEDDING, outputs);
    default:
      return unreachable(outputs);
  }
}
