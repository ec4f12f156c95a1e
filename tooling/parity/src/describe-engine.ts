import type { Engine } from '@sentence-mtl/program';
import { describeDropoutMask } from './describe-dropout-mask.ts';
import { describeOperations } from './describe-operations.ts';
import { describeTrainingSteps } from './describe-training-steps.ts';

/** The whole parity suite for one engine. tfjs has one backend a process, so each engine has a test file of its own. */
export async function describeEngine(engine: Engine): Promise<void> {
  console.log(`ENGINES ${engine.name}: every operation, dropout masks and steps of the trainer`);
  describeOperations(engine);
  describeDropoutMask(engine);
  await describeTrainingSteps(engine);
}
