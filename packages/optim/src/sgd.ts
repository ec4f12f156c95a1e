import { addDecayedWeights, type DecayLabel } from './add-decayed-weights.ts';
import { chain } from './chain.ts';
import type { GradientTransformation, Scheduled } from './gradient-transformation.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';

export interface SgdOptions {
  readonly learningRate: Scheduled;
  /** 0 unless given: no trace is kept. */
  readonly momentum?: number;
  /** The share of the gradient that the trace leaves out: 0 unless given; of no effect without momentum. */
  readonly dampening?: number;
  /** Looks one step ahead, which needs momentum and no dampening: false unless given. */
  readonly nesterov?: boolean;
  /** An L2 penalty: 0 unless given. */
  readonly weightDecay?: Scheduled;
  /** Which parameters the penalty is for: `decaysByDefault` unless given. */
  readonly decays?: DecayLabel;
}

/**
 * Stochastic gradient descent, with momentum where it is not 0, as torch's SGD.
 *
 * @throws ArgumentError when momentum and its options do not fit; see `trace`
 */
export function sgd({
  learningRate,
  momentum = 0,
  dampening = 0,
  nesterov = false,
  weightDecay = 0,
  decays,
}: SgdOptions): GradientTransformation {
  const traces = momentum === 0 && !nesterov ? [] : [trace({ momentum, dampening, nesterov })];
  return chain(addDecayedWeights(weightDecay, decays), ...traces, scaleByLearningRate(learningRate));
}
