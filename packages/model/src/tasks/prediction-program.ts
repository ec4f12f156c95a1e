import { taskOutputs, taskParameterSpecs, type Tasks, type TextValues } from '@sentence-mtl/heads';
import { normalize } from '@sentence-mtl/pooling';
import { defineProgram, float32, int32, type InputTypes, type Program, type Value } from '@sentence-mtl/program';
import type { PooledSentences, SentenceEmbedding } from '../sentence-embedding.ts';
import { parametersAt } from '../sentence-inputs.ts';
import type { SentenceModelConfig } from '../sentence-model.ts';
import { encodedTexts, startInputs, startParameterInputs, type TextStart } from '../text-start.ts';
import { embeddingSizes } from './task-model.ts';

/** What is asked of a program. */
export interface AskedOutputs {
  /** Names of tasks. */
  readonly tasks: readonly string[];
  /** Texts of a row. */
  readonly columns: number;
  /** Whether the embedding of the first text is an output. */
  readonly embedding: boolean;
}

export type PredictionOutputs = Readonly<Record<string, Value<'float32'>>>;

/** The output that holds what the head of a task gives. */
export const outputName = (task: string): string => `outputs.${task}`;

/** An input for each parameter of the heads of some tasks, named by its path. */
export function headInputs(config: SentenceModelConfig, tasks: Tasks): InputTypes {
  const sizes = embeddingSizes(config);
  const specs = Object.entries(tasks).flatMap(([name, task]) => [...taskParameterSpecs(name, task, sizes)]);
  return Object.fromEntries(specs.map(([path, { shape }]) => [path, float32(...shape)]));
}

function columnInputs(config: SentenceModelConfig, start: TextStart, columns: number): InputTypes {
  const ofColumns = Array.from({ length: columns }, (_, column) => Object.entries(startInputs(config, start, column)));
  return Object.fromEntries(ofColumns.flat());
}

type PooledTokens = PooledSentences & Pick<SentenceEmbedding, 'tokenEmbeddings'>;

/** An encoded text as heads read it. */
export function textValues(
  { normalize: isNormalized }: SentenceModelConfig,
  { unnormalizedEmbedding, sentenceEmbedding: embedding, tokenEmbeddings }: PooledTokens,
  attentionMask: Value,
): TextValues {
  return {
    embedding: unnormalizedEmbedding,
    normalized: isNormalized ? embedding : normalize(unnormalizedEmbedding),
    tokens: { embeddings: tokenEmbeddings, attentionMask },
  };
}

/**
 * The program of some of a model's tasks, with the parameters as inputs: tokens to `outputs.<task>`, and to `embedding`,
 * not yet normalised, where it is asked for. One encoder serves all tasks; what is not asked for is not computed.
 */
export function predictionProgram(
  config: SentenceModelConfig,
  tasks: Tasks,
  { tasks: names, columns, embedding }: AskedOutputs,
  start: TextStart = 'tokens',
): Program<InputTypes, PredictionOutputs> {
  const asked = Object.entries(tasks).filter(([name]) => names.includes(name));
  const inputs: InputTypes = {
    ...columnInputs(config, start, columns),
    ...(config.pooling.includePrompt ? {} : { promptLength: int32() }),
    ...startParameterInputs(config, start),
    ...headInputs(config, Object.fromEntries(asked)),
  };
  return defineProgram(inputs, (values) => {
    const parameters = parametersAt(values);
    const texts = Array.from({ length: columns }, (_, column) => {
      const encoded = encodedTexts(config, start, values, column);
      return textValues(config, encoded, encoded.attentionMask);
    });
    const outputs = asked.map(([name, task]) => {
      const [output] = taskOutputs(name, task, texts, { parameters });
      return [outputName(name), output] as const;
    });
    const [first] = texts;
    const all = embedding && first !== undefined ? [...outputs, ['embedding', first.embedding] as const] : outputs;
    return Object.fromEntries(all) as PredictionOutputs;
  });
}
