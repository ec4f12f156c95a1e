// Everything that is made for one stage of a run: its programs, and the texts in the form that these begin with.
import type { Engine } from '@sentence-mtl/program';
import type { SentenceTokenizer } from '@sentence-mtl/model';
import type { Tasks } from '@sentence-mtl/heads';
import type { Optimizer } from '@sentence-mtl/optim';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import { tokenSource, type TextSource } from '../batch/text-source.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { FrozenPart } from '../prefix/frozen-outputs.ts';
import { cachedSource, recomputedSource, type FrozenSource } from '../prefix/frozen-source.ts';
import type { PrefixCacheSettings } from '../settings.ts';
import { StepProgram } from '../step/step-program.ts';
import type { TrainingModel } from '../training-model.ts';
import type { RunStage } from './stage.ts';

export interface StageContext {
  readonly engine: Engine;
  /** With the parameters that the optimizer trains. */
  readonly model: TrainingModel;
  readonly optimizer: Optimizer;
  readonly tokenizer: SentenceTokenizer;
  readonly training: PreparedExamples;
  readonly validation: PreparedExamples | undefined;
  readonly drops: boolean;
  readonly prefixCache: PrefixCacheSettings;
  /** The path of a scratch file. */
  readonly scratchFile: (name: string) => string;
  readonly signal: AbortSignal | undefined;
  readonly clock: () => number;
}

export interface StageRunner extends AsyncDisposable {
  readonly stage: RunStage;
  readonly tasks: Tasks;
  readonly steps: StepProgram;
  readonly training: TextSource;
  readonly evaluator: Evaluator;
  readonly validation: TextSource | undefined;
  /** Texts whose outputs of the frozen part are kept. */
  readonly cachedTexts: number;
  /** That these outputs have taken, without making the programs. */
  readonly cachedSeconds: number;
}

interface Sources extends Pick<StageRunner, 'training' | 'validation' | 'cachedTexts' | 'cachedSeconds'> {
  readonly dispose: () => Promise<void>;
}

async function sourcesOf(stage: RunStage, context: StageContext): Promise<Sources> {
  const { training, validation, tokenizer, model, engine, prefixCache } = context;
  const { start } = stage;
  if (start.kind === 'tokens') {
    return {
      training: tokenSource(training, tokenizer),
      validation: validation === undefined ? undefined : tokenSource(validation, tokenizer),
      cachedTexts: 0,
      cachedSeconds: 0,
      dispose: async () => undefined,
    };
  }
  const part = await FrozenPart.compile(start, {
    engine,
    config: model.config,
    parameters: model.parameters,
    tokenizer,
  });
  const started = context.clock();
  const made: FrozenSource[] = [];
  const sourceOf = async (prepared: PreparedExamples, name: string): Promise<FrozenSource> => {
    const limits = { ...prefixCache, path: context.scratchFile(`prefix-${name}.bin`) };
    const source = prefixCache.enabled
      ? await cachedSource(prepared, part, tokenizer, limits, context.signal)
      : recomputedSource(prepared, part, tokenizer);
    made.push(source);
    return source;
  };
  const dispose = async (): Promise<void> => {
    for (const source of made) await source.dispose();
    await part.dispose();
  };
  try {
    const ofTraining = await sourceOf(training, 'training');
    const ofValidation = validation === undefined ? undefined : await sourceOf(validation, 'validation');
    const texts = training.encodings.length + (validation?.encodings.length ?? 0);
    const cached = prefixCache.enabled
      ? { cachedTexts: texts, cachedSeconds: (context.clock() - started) / 1000 }
      : { cachedTexts: 0, cachedSeconds: 0 };
    return { training: ofTraining, validation: ofValidation, ...cached, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface StagePrograms extends Pick<StageRunner, 'steps' | 'evaluator'>, AsyncDisposable {}

async function programsOf(stage: RunStage, { engine, model, optimizer, drops }: StageContext): Promise<StagePrograms> {
  const steps = await StepProgram.compile(engine, model, optimizer, stage, drops);
  try {
    const evaluator = await Evaluator.compile(engine, model, stage.start);
    const dispose = async (): Promise<void> => {
      await steps[Symbol.asyncDispose]();
      await evaluator[Symbol.asyncDispose]();
    };
    return { steps, evaluator, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await steps[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Compiles a stage's programs and, where its lower part is frozen, runs that part over the texts.
 *
 * @throws the signal's reason, where it aborts while texts run
 */
export async function prepareStage(stage: RunStage, context: StageContext): Promise<StageRunner> {
  const { dispose, ...sources } = await sourcesOf(stage, context);
  try {
    const programs = await programsOf(stage, context);
    const disposeAll = async (): Promise<void> => {
      await programs[Symbol.asyncDispose]();
      await dispose();
    };
    return { stage, tasks: context.model.tasks, ...programs, ...sources, [Symbol.asyncDispose]: disposeAll };
  } catch (error) {
    await dispose();
    throw error;
  }
}
