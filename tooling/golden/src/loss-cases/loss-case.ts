import { lossValue, type Loss } from '@sentence-mtl/losses';
import {
  defineProgram,
  float32,
  gradient,
  int32,
  sum,
  type InputTypes,
  type InputValues,
  type Program,
  type TensorType,
  type Value,
} from '@sentence-mtl/program';

export interface ProgramOptions {
  /** The inputs whose gradients are outputs too, as `gradient.<name>`. */
  readonly differentiated?: readonly string[];
  /** Whether the total of a loss of rows is an input, `total`. */
  readonly fedTotal?: boolean;
}

/** A recorded case of a loss, built with our operations. */
export interface LossCase {
  readonly scope: Loss['scope'];
  readonly inputs: InputTypes;
  /** The loss as `loss`, and for a loss of rows what its rows count together as `count`. */
  program(options?: ProgramOptions): Program;
}

/** Sentence embeddings: any number of rows, 8 wide as recorded. */
export const embeddings: TensorType<'float32', readonly ['batch', 8]> = float32('batch', 8);
/** One class a row. */
export const classes: TensorType<'int32', readonly ['batch']> = int32('batch');
/** One score a row. */
export const scores: TensorType<'float32', readonly ['batch']> = float32('batch');
/** Logits of 4 classes. */
export const logits: TensorType<'float32', readonly ['batch', 4]> = float32('batch', 4);

/** Says of which inputs a recorded loss is computed, and how. A value stands for a loss of the batch. */
export function lossCase<I extends InputTypes>(inputs: I, lossOf: (values: InputValues<I>) => Loss | Value): LossCase {
  const program = ({ differentiated = [], fedTotal = false }: ProgramOptions = {}): Program => {
    const declared: InputTypes = fedTotal ? { ...inputs, total: float32() } : inputs;
    return defineProgram(declared, (values) => {
      const loss = asLoss(lossOf(values as InputValues<I>));
      const value = lossValue(loss, values['total']);
      const wanted = Object.entries<Value>(values).filter(([name]) => differentiated.includes(name));
      const slopes = gradient(
        value,
        wanted.map(([, x]) => x),
      );
      const gradients = wanted.map(([name], index) => [`gradient.${name}`, slopes[index] ?? value] as const);
      return {
        loss: value,
        ...(loss.scope === 'rows' && { count: sum(loss.weights) }),
        ...Object.fromEntries(gradients),
      };
    });
  };
  return { scope: 'count' in program().outputs ? 'rows' : 'batch', inputs, program };
}

const asLoss = (loss: Loss | Value): Loss =>
  'scope' in loss ? loss : { scope: 'batch', value: loss as Value<'float32'> };
