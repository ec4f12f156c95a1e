import type { OperationName } from '@sentence-mtl/program';

/** Cases of one operation, by their names, in which tfjs is no oracle. */
export interface TfjsFault {
  readonly cases: RegExp;
  readonly because: string;
}

const NOT_SUMMED = 'its gradient keeps the stretched shape: it is not summed back to the operand';
const NOT_SHARED = 'each of equal elements gets the whole gradient, which is counted twice';
const COMPARISON = 'it wants a gradient of less, which it does not have, where a condition depends on a variable';

const extremes = [
  { cases: /^a (row|column|scalar) on the|^both stretched/, because: NOT_SUMMED },
  { cases: /^equal operands/, because: NOT_SHARED },
];

/** Where the gradients of tfjs 4.22 are wrong, missing, or of another convention. */
export const tfjsFaults: { readonly [K in OperationName]?: readonly TfjsFault[] } = {
  abs: [{ cases: /^the gradient at 0/, because: 'its slope at 0 is -1' }],
  cast: [{ cases: /^no gradient passes integers/, because: 'its gradient of cast passes integers unchanged' }],
  maximum: extremes,
  minimum: extremes,
  max: [{ cases: /equal/, because: NOT_SHARED }],
  min: [{ cases: /equal/, because: NOT_SHARED }],
  where: [{ cases: /by comparison$|^what is not chosen/, because: COMPARISON }],
  cumsum: [
    {
      cases: /^the first axis|^from the end/,
      because: 'its gradient is not permuted back where the axis is not the last',
    },
  ],
  softmaxCrossEntropy: [{ cases: /^one class/, because: 'its oneHot refuses one class' }],
  matMul: [
    {
      cases:
        /^a batch and one matrix|^one matrix and a batch|^both stretched|^one of a batch of one|^a scaled product with one/,
      because: NOT_SUMMED,
    },
  ],
  linear: [{ cases: /^tokens|^four axes/, because: NOT_SUMMED }],
  gather: [
    {
      cases: /^by an index the program computes/,
      because: 'it gives an int32 gradient to indices that depend on a variable, and refuses it',
    },
  ],
};
