import { sizeOfShape } from '@sentence-mtl/core';
import { describeStart } from '../program/program-start.ts';
import { modelDrops } from './run-model.ts';
import type { Run, RunParts } from './run.ts';
import { prepareStage, type StageContext, type StageRunner } from './stage-runner.ts';
import { stageAt, type RunStage } from './stage.ts';

function contextOf(parts: RunParts): StageContext {
  const { options, model, optimizer, tokenizer, training, validation, settings, folder } = parts;
  return {
    engine: options.engine,
    model,
    optimizer,
    tokenizer,
    training,
    validation,
    drops: modelDrops(model),
    prefixCache: settings.prefixCache,
    scratchFile: (name) => folder.scratchFile(name),
    signal: options.signal,
    clock: options.clock,
  };
}

/** Parameters, as numbers, that train in a stage. */
function trainedParameters({ trained }: RunStage, { model }: RunParts): number {
  return trained.reduce((count, path) => count + sizeOfShape(model.parameters.get(path)?.shape ?? [0]), 0);
}

async function tellStage({ parts, state: { step } }: Run, runner: StageRunner): Promise<void> {
  const { stage, cachedTexts: texts, cachedSeconds: seconds } = runner;
  const start = describeStart(stage.start);
  parts.tell({ kind: 'stage', step, trainedParameters: trainedParameters(stage, parts), start });
  if (texts === 0) return;
  parts.tell({ kind: 'prefixCached', step, texts, seconds });
  await parts.folder.logTiming({ kind: 'prefixCached', step, texts, seconds });
}

/** The stage made ready, or undefined where the run was aborted meanwhile. */
async function preparedUnlessAborted(stage: RunStage, context: StageContext): Promise<StageRunner | undefined> {
  try {
    return await prepareStage(stage, context);
  } catch (error) {
    if (context.signal?.aborted === true && error === context.signal.reason) return undefined;
    throw error;
  }
}

/** The programs of the stage that the run is in; those of the one before are freed. Undefined where the run is aborted. */
export async function enterStage(run: Run): Promise<StageRunner | undefined> {
  const { parts } = run;
  const stage = stageAt(parts.model, parts.freezing, run.progress);
  if (run.runner?.stage.key === stage.key) return run.runner;
  await run.runner?.[Symbol.asyncDispose]();
  run.runner = undefined;
  parts.stageLabels.current = stage.labels;
  const runner = await preparedUnlessAborted(stage, contextOf(parts));
  if (runner === undefined) return undefined;
  run.runner = runner;
  await tellStage(run, runner);
  return runner;
}
