import { float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { defineProgram, float32, gradient, int32, type Value } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { lossValue, type Loss } from './loss.ts';

type Rows = readonly (readonly number[])[];

export interface LossResult {
  readonly loss: number;
  /** Of the outputs, in the order of their elements. */
  readonly gradient: readonly number[];
}

/** The value of a loss and its gradient for the outputs, on the reference engine. */
export async function runLoss(
  outputs: Rows,
  labels: Rows | { readonly classes: readonly number[] },
  lossOf: (outputs: Value, labels: Value) => Loss,
  total?: number,
): Promise<LossResult> {
  const width = outputs[0]?.length ?? 0;
  const fed: HostTensor =
    'classes' in labels
      ? int32Tensor(labels.classes, [labels.classes.length])
      : float32Tensor(labels.flat(), [labels.length, labels[0]?.length ?? 0]);
  const labelType = 'classes' in labels ? int32('batch') : float32('batch', labels[0]?.length ?? 0);
  const program = defineProgram(
    { outputs: float32('batch', width), labels: labelType, total: float32() },
    ({ outputs: x, labels: y, total: given }) => {
      const loss = lossValue(lossOf(x, y), total === undefined ? undefined : given);
      const [slope = x] = gradient(loss, [x]);
      return { loss, slope };
    },
  );
  const executable = await referenceEngine().compile(program);
  const { loss, slope } = await executable.run({
    outputs: float32Tensor(outputs.flat(), [outputs.length, width]),
    labels: fed,
    total: float32Tensor([total ?? 0], []),
  });
  return { loss: Number(loss.data[0]), gradient: [...slope.data] };
}
