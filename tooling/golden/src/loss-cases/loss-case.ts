import {
  defineProgram,
  float32,
  gradient,
  int32,
  type InputTypes,
  type InputValues,
  type Program,
  type TensorType,
  type Value,
} from '@sentence-mtl/program';

/** A recorded case of a loss, built with our operations. */
export interface LossCase {
  readonly inputs: InputTypes;
  /** The loss, and as `gradient.<name>` its gradient for each named input. */
  program(differentiated: readonly string[]): Program;
}

/** Sentence embeddings: any number of rows, 8 wide as recorded. */
export const embeddings: TensorType<'float32', readonly ['batch', 8]> = float32('batch', 8);
/** One class a row. */
export const classes: TensorType<'int32', readonly ['batch']> = int32('batch');
/** One score a row. */
export const scores: TensorType<'float32', readonly ['batch']> = float32('batch');
/** Logits of 4 classes. */
export const logits: TensorType<'float32', readonly ['batch', 4]> = float32('batch', 4);

/** Says of which inputs a recorded loss is computed, and how. */
export function lossCase<I extends InputTypes>(inputs: I, loss: (values: InputValues<I>) => Value): LossCase {
  const program = (differentiated: readonly string[]): Program =>
    defineProgram(inputs, (values) => {
      const total = loss(values);
      const outputs: Record<string, Value> = { loss: total };
      const wanted = Object.entries<Value>(values).filter(([name]) => differentiated.includes(name));
      const slopes = gradient(
        total,
        wanted.map(([, value]) => value),
      );
      for (const [index, [name]] of wanted.entries()) outputs[`gradient.${name}`] = slopes[index] ?? total;
      return outputs;
    });
  return { inputs, program };
}
