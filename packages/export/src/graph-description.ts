// What a graph cannot say by itself is stored in its file as texts (`metadata_props`), a JSON value each: the labels of its
// outputs, the limits of its inputs, and where it comes from. A graph can then be used with nothing else beside it.
import { ArgumentError, unreachable } from '@sentence-mtl/core';
import type { Task, TaskKindName, Tasks } from '@sentence-mtl/heads';
import {
  embeddingDimension,
  type PoolingSettings,
  type Provenance,
  type SentenceModelConfig,
} from '@sentence-mtl/model';
import type { QuantizationRecord } from './quantization/quantization-record.ts';
import { logitsOutput, probabilitiesOutput } from './graph-names.ts';

/** The version of what is written. */
const FORMAT = 1;
const PREFIX = 'sentence_mtl.';

/** A task as it stands in a graph. */
export interface GraphTask {
  readonly name: string;
  readonly kind: TaskKindName;
  /** Logits, or numbers in the units of their targets; null where it is to be computed from embeddings. */
  readonly output: string | null;
  readonly probabilities?: string;
  /** In the order of the output's columns. */
  readonly labels?: readonly string[];
  readonly descriptions?: Readonly<Partial<Record<string, string>>>;
  /** From which probability on a tag is predicted, for each label. */
  readonly thresholds?: readonly number[];
  /** What cosines of 0 and of 1 stand for. */
  readonly range?: readonly [least: number, most: number];
}

/** All that is known of a graph beside its inputs and outputs. */
export interface GraphDescription {
  readonly format: number;
  readonly architecture: string;
  /** Values of a sentence embedding. */
  readonly dimension: number;
  readonly pooling: PoolingSettings['modes'];
  /** Whether sentence embeddings have length 1. */
  readonly normalize: boolean;
  /** Most tokens of a text, special tokens included. */
  readonly maximumLength: number;
  /** Texts that the model expects in front of others, by name; the graph does not put them there. */
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | null;
  readonly tasks: readonly GraphTask[];
  readonly provenance: Provenance;
  /** Of a graph in int8: what was measured when it was made. */
  readonly quantization?: QuantizationRecord;
}

function labelsOf(task: Task): Pick<GraphTask, 'labels' | 'descriptions'> {
  if (!('labels' in task)) return {};
  return {
    labels: task.labels,
    ...(Object.keys(task.descriptions).length > 0 && { descriptions: task.descriptions }),
  };
}

function describeTask(name: string, task: Task, probabilities: boolean): GraphTask | undefined {
  const { kind } = task;
  const output = { name, kind, output: logitsOutput(name), ...labelsOf(task) };
  const likely = probabilities ? { probabilities: probabilitiesOutput(name) } : {};
  switch (kind) {
    case 'classification':
      return { ...output, ...likely };
    case 'multi-label':
      return { ...output, ...likely, thresholds: task.labels.map((each) => task.thresholds[each] ?? task.threshold) };
    case 'regression':
      return output;
    case 'pair-similarity':
      return { name, kind, output: null, range: task.range };
    case 'pair-classification':
    case 'embedding':
      return undefined;
    default:
      return unreachable(kind);
  }
}

/**
 * @param tasks in the order of the outputs
 * @param provenance of the model
 */
export function describeGraph(
  config: SentenceModelConfig,
  tasks: Tasks,
  probabilities: boolean,
  provenance: Provenance,
): GraphDescription {
  const { encoder, pooling, normalize, maximumLength, prompts } = config;
  return {
    format: FORMAT,
    architecture: encoder.architecture,
    dimension: embeddingDimension(config),
    pooling: pooling.modes,
    normalize,
    maximumLength,
    prompts: prompts.prompts,
    defaultPromptName: prompts.defaultPromptName ?? null,
    tasks: Object.entries(tasks).flatMap(([name, task]) => describeTask(name, task, probabilities) ?? []),
    provenance,
  };
}

/** A description as the texts in a file: `sentence_mtl.<field>`, each JSON. */
export function graphMetadata(description: GraphDescription): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(description).map(([field, value]) => [PREFIX + field, JSON.stringify(value)] as const),
  );
}

/**
 * The description in a graph's file, whose texts `readModel` of the onnx package gives.
 *
 * @throws ArgumentError where there is none, or it is of a format that is not read here
 */
export function readGraphDescription(metadata: ReadonlyMap<string, string>): GraphDescription {
  const fields = [...metadata].filter(([key]) => key.startsWith(PREFIX));
  let values: Readonly<Record<string, unknown>>;
  try {
    values = Object.fromEntries(fields.map(([key, text]) => [key.slice(PREFIX.length), JSON.parse(text) as unknown]));
  } catch (cause) {
    throw new ArgumentError('the graph has a description that is not JSON; export it again', { cause });
  }
  const { format } = values;
  if (format === FORMAT) return values as unknown as GraphDescription;
  if (fields.length === 0)
    throw new ArgumentError('the graph has no description of sentence-mtl: it is of another exporter');
  throw new ArgumentError(
    `the graph is described in format ${JSON.stringify(format)}; this version reads ${FORMAT}: export it again, or update`,
  );
}
