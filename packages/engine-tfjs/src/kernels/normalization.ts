import { operandAt, type KernelTable } from '../kernel.ts';

export const normalizationKernels: Pick<KernelTable, 'softmax' | 'logSoftmax' | 'layerNorm' | 'softmaxCrossEntropy'> = {
  softmax: (operands, _attributes, { tf }) => [tf.softmax(operandAt(operands, 0))],
  logSoftmax: (operands, _attributes, { tf }) => [tf.logSoftmax(operandAt(operands, 0))],
  layerNorm(operands, { epsilon }, { tf }) {
    const [x, gamma, beta] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    const mean = tf.mean(x, -1, true);
    const centred = tf.sub(x, mean);
    const variance = tf.mean(tf.square(centred), -1, true);
    const inverseDeviation = tf.div(1, tf.sqrt(tf.add(variance, epsilon)));
    return [tf.add(tf.mul(tf.mul(centred, inverseDeviation), gamma), beta), mean, inverseDeviation];
  },
  softmaxCrossEntropy(operands, _attributes, { tf }) {
    const [logits, labels] = [operandAt(operands, 0), operandAt(operands, 1)];
    const logProbabilities = tf.logSoftmax(logits);
    const classes = tf.range(0, logits.shape.at(-1) ?? 0, 1, 'int32');
    // A label that is no class hits none, and its row sums to 0.
    const hit = tf.equal(tf.expandDims(labels, -1), classes);
    const picked = tf.where(hit, logProbabilities, tf.zerosLike(logProbabilities));
    return [tf.neg(tf.sum(picked, -1)), logProbabilities];
  },
};
