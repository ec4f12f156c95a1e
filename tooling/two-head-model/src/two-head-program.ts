import { encode } from '@sentence-mtl/encoder';
import { labelType, taskLoss, taskOutputs } from '@sentence-mtl/heads';
import { lossValue } from '@sentence-mtl/losses';
import { normalize, poolTokens } from '@sentence-mtl/pooling';
import {
  add,
  defineProgram,
  float32,
  gradient,
  int32,
  mul,
  reshape,
  slice,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type Value,
} from '@sentence-mtl/program';
import { parameterShapes, WORD_EMBEDDINGS } from './parameter-shapes.ts';
import { withDropout, type TwoHeadConfig } from './two-head-config.ts';

export interface TwoHeadOptions {
  /** Whether the gradient of a parameter is an output; by default none is. */
  readonly trains?: (path: string) => boolean;
  /** The rate wherever the architecture drops; 0, the default, needs no `dropoutKey`. */
  readonly dropout?: number;
}

/** The output that holds the gradient of a parameter: for the word embeddings, of the rows looked up. */
export const gradientName = (path: string): string =>
  path === WORD_EMBEDDINGS ? `rowGradient.${path}` : `gradient.${path}`;

function inputTypes(config: TwoHeadConfig, dropoutRate: number): InputTypes {
  const tasks = Object.entries(config.tasks);
  const parameters = [...parameterShapes(config)].map(([path, shape]) => [path, float32(...shape)] as const);
  return {
    inputIds: int32('batch', 'sequence'),
    attentionMask: int32('batch', 'sequence'),
    ...Object.fromEntries(tasks.map(([name, task]) => [`labels.${name}`, labelType(task)])),
    lossWeights: float32(tasks.length),
    ...(dropoutRate > 0 ? { dropoutKey: int32(2) } : {}),
    ...Object.fromEntries(parameters),
  };
}

/** Each task's logits and loss, and the weighted sum of the losses. */
function heads(
  config: TwoHeadConfig,
  text: { readonly embedding: Value; readonly normalized: Value },
  at: (name: string) => Value,
): Record<string, Value> & { loss: Value } {
  const outputs: Record<string, Value> = {};
  const weighted = Object.entries(config.tasks).map(([name, task], index) => {
    const [logits] = taskOutputs(name, task, [text], { parameters: at });
    const loss = lossValue(taskLoss(task, [logits], at(`labels.${name}`)));
    outputs[`logits.${name}`] = logits;
    outputs[`loss.${name}`] = loss;
    return mul(loss, reshape(slice(at('lossWeights'), 0, index, index + 1), []));
  });
  return { ...outputs, loss: weighted.reduce((total, loss) => add(total, loss)) };
}

function gradients(
  loss: Value,
  paths: readonly string[],
  at: (name: string) => Value,
  wordRows: Value,
): ProgramOutputs {
  const values = paths.map((path) => (path === WORD_EMBEDDINGS ? wordRows : at(path)));
  const found = gradient(loss, values);
  return Object.fromEntries(paths.map((path, index) => [gradientName(path), found[index] ?? loss]));
}

/**
 * The whole model: texts as token ids to `embedding`, `logits.<task>`, `loss.<task>`, `loss` (their sum weighted by
 * `lossWeights`) and the gradients of the parameters that train (`gradientName`).
 */
export function twoHeadProgram(config: TwoHeadConfig, options: TwoHeadOptions = {}): Program {
  const rate = options.dropout ?? 0;
  return defineProgram(inputTypes(config, rate), (inputs): ProgramOutputs => {
    const at = (name: string): Value => {
      const value = inputs[name];
      if (value === undefined) throw new Error(`the two-head program has no input "${name}"`);
      return value;
    };
    const [inputIds, attentionMask] = [at('inputIds'), at('attentionMask')];
    const { wordRows, tokenEmbeddings } = encode(
      withDropout(config.encoder, rate),
      { inputIds, attentionMask },
      { parameters: at, dropoutKey: rate > 0 ? at('dropoutKey') : undefined },
    );
    const pooled = poolTokens(tokenEmbeddings, attentionMask, ['mean']);
    const embedding = normalize(pooled);
    const outputs = heads(config, { embedding: pooled, normalized: embedding }, at);
    const paths = [...parameterShapes(config).keys()].filter((path) => options.trains?.(path) ?? false);
    return { embedding, ...outputs, ...gradients(outputs.loss, paths, at, wordRows) };
  });
}
