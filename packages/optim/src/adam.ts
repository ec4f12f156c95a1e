import { addDecayedWeights } from './add-decayed-weights.ts';
import type { AdamwOptions } from './adamw.ts';
import { chain } from './chain.ts';
import type { GradientTransformation } from './gradient-transformation.ts';
import { scaleByAdam } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Adam, with weight decay (0 unless given) as an L2 penalty: `g + λ p` goes into the moments, as in torch's Adam. */
export function adam({ learningRate, weightDecay = 0, decays, ...options }: AdamwOptions): GradientTransformation {
  return chain(addDecayedWeights(weightDecay, decays), scaleByAdam(options), scaleByLearningRate(learningRate));
}
