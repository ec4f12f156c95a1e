// A graph that export has written, as the encoder of a model: tokens in, token embeddings out. What follows (pooling, dense
// layers, heads) are programs of our own on what it gives, so that prompts, pairs, lengths and all else are as without it.
import { EngineError, type HostTensor } from '@sentence-mtl/core';
import { graphPath, readGraphFile, type GraphPrecision } from '@sentence-mtl/model-files';
import type { Engine, OpenGraph } from '@sentence-mtl/program';
import { ModelError } from './errors.ts';
import { columnName } from './sentence-inputs.ts';
import type { SentenceModelConfig } from './sentence-model.ts';

/** The names that other runtimes know the inputs of an encoder by, and ours. */
const INPUT_NAMES = {
  input_ids: 'inputIds',
  attention_mask: 'attentionMask',
  token_type_ids: 'tokenTypeIds',
} as const;

/** The output of an exported graph that has a vector for each token, (batch_size, sequence_length, D). */
export const TOKEN_OUTPUT = 'last_hidden_state';

/** @throws ModelError where a graph is not that of such an encoder */
export function checkTokenGraph(graph: OpenGraph, { encoder }: SentenceModelConfig, label: string): void {
  const unknown = graph.inputs.find(({ name }) => !Object.hasOwn(INPUT_NAMES, name));
  if (unknown !== undefined) throw new ModelError(`${label}: it takes "${unknown.name}", which no encoder here does`);
  const tokens = graph.outputs.find(({ name }) => name === TOKEN_OUTPUT);
  const size = tokens?.shape.at(-1);
  if (tokens?.shape.length === 3 && size === encoder.hiddenSize) return;
  const given = tokens === undefined ? `no ${TOKEN_OUTPUT}` : `${TOKEN_OUTPUT} of (${tokens.shape.join(', ')})`;
  throw new ModelError(
    `${label}: it gives ${given}; the encoder of the model has token embeddings of ${encoder.hiddenSize} values: export the model again`,
  );
}

/** The token embeddings of a column of a batch. */
export async function runTokenGraph(
  graph: OpenGraph,
  feeds: Readonly<Record<string, HostTensor>>,
  column: number,
): Promise<HostTensor> {
  const named = graph.inputs.flatMap(({ name }) => {
    const ours = Object.hasOwn(INPUT_NAMES, name) ? INPUT_NAMES[name as keyof typeof INPUT_NAMES] : name;
    const tensor = feeds[columnName(ours, column)];
    return tensor === undefined ? [] : [[name, tensor] as const];
  });
  const { [TOKEN_OUTPUT]: embeddings } = await graph.run(Object.fromEntries(named), [TOKEN_OUTPUT]);
  return embeddings;
}

/**
 * Opens the exported graph in a model's folder.
 *
 * @throws EngineError where the engine opens no graphs, or cannot run this one
 * @throws ModelFileError where there is none in this precision, with the command that makes it
 * @throws ModelError where it is the graph of another model
 */
export async function openTokenGraph(
  folder: string,
  precision: GraphPrecision,
  config: SentenceModelConfig,
  engine: Engine,
): Promise<OpenGraph> {
  if (engine.openGraph === undefined) {
    throw new EngineError(
      `the engine ${engine.name} runs programs only, and precision ${precision} is a file that an export has written; use onnxruntimeEngine of @sentence-mtl/engine-onnxruntime, or leave precision out`,
    );
  }
  const graph = await engine.openGraph(await readGraphFile(folder, precision));
  try {
    checkTokenGraph(graph, config, graphPath(folder, precision));
    return graph;
  } catch (error) {
    await graph.dispose();
    throw error;
  }
}
