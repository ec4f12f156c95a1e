import type { Progress } from '@sentence-mtl/freeze-strategies';
import type { TrainingEvent } from '../events.ts';
import type { Fingerprint } from '../run/fingerprint.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { TrainerState } from '../run/trainer-state.ts';
import { bestSoFar, betterOf, type BestSoFar } from './best-evaluation.ts';
import type { PlannedRun } from './planned-run.ts';
import type { StageRunner } from './stage-runner.ts';
import type { TrainOptions } from './train-options.ts';

/** All that a run is made of, once it is checked and opened. */
export interface RunParts extends PlannedRun {
  readonly options: TrainOptions;
  readonly fingerprint: Fingerprint;
  readonly folder: RunFolder;
  readonly tell: (event: TrainingEvent) => void;
}

/** A run in its loop: what it is made of, and what moves. The files beside this one move it. */
export class Run implements AsyncDisposable {
  readonly parts: RunParts;
  state: TrainerState;
  /** The programs of the stage that it is in, once it has entered one. */
  runner: StageRunner | undefined;
  /** The step of its last checkpoint. */
  savedAt: number;

  constructor(parts: RunParts, state: TrainerState) {
    this.parts = parts;
    this.state = state;
    this.savedAt = state.step;
  }

  get best(): BestSoFar | undefined {
    return bestSoFar(this.state.history, betterOf(this.parts.settings.bestMetric));
  }

  get progress(): Progress {
    const { plan } = this.parts;
    const { step, history } = this.state;
    return { step, epoch: plan.stepAt(Math.min(step, plan.totalSteps - 1)).epoch, history };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.runner?.[Symbol.asyncDispose]();
    await this.parts.folder.close();
  }
}
