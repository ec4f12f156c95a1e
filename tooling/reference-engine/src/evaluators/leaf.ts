import { FeedError } from '@sentence-mtl/core';
import { bindDimension } from '@sentence-mtl/program';
import { tabulate } from '../coordinates.ts';
import type { EvaluatorTable } from '../evaluator.ts';
import { fromHostTensor } from '../reference-tensor.ts';

export const leafEvaluators: Pick<EvaluatorTable, 'input' | 'constant' | 'dimensionSize' | 'range'> = {
  input(_operands, { name }, { feeds }) {
    const tensor = feeds[name];
    if (tensor === undefined) throw new FeedError(`no tensor is fed for: "${name}"`);
    return [tensor];
  },
  constant: (_operands, { tensor }) => [fromHostTensor(tensor)],
  dimensionSize: (_operands, { dimension }, { bindings }) => [
    { dtype: 'float32', shape: [], data: [bindDimension(dimension, bindings)] },
  ],
  range: (_operands, { end }, { bindings }) => [tabulate('int32', [bindDimension(end, bindings)], ([i = 0]) => i)],
};
