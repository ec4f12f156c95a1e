import { ArgumentError, float32Tensor, type HostTensor, type Parameters } from '@sentence-mtl/core';
import { taskOutputs, type Task, type Tasks } from '@sentence-mtl/heads';
import {
  headInputs,
  parameterInputs,
  parametersAt,
  sentenceEmbedding,
  textValues,
  TOKEN_OUTPUT,
  type SentenceModelConfig,
} from '@sentence-mtl/model';
import {
  add,
  bindInputs,
  constant,
  defineProgram,
  int32,
  mul,
  rewriteProgram,
  sigmoid,
  softmax,
  type InputTypes,
  type InputValues,
  type Program,
  type Value,
} from '@sentence-mtl/program';
import type { ExportableModel } from './exportable-model.ts';
import { BATCH, EMBEDDING_OUTPUT, graphInputs, logitsOutput, probabilitiesOutput, SEQUENCE } from './graph-names.ts';
import { graphTasks } from './graph-tasks.ts';

/** What a graph is to have beside the embedding. */
export interface GraphContent {
  /** Names of tasks; default: all that read one text. */
  readonly tasks?: readonly string[] | undefined;
  /** Whether probabilities are outputs beside the logits. Default: false. */
  readonly probabilities?: boolean | undefined;
}

type Outputs = Readonly<Record<string, Value<'float32'>>>;

/** What the head of a task gives, in the units of its targets where it was trained on standardised ones. */
function inUnitsOfTargets(task: Task, output: Value): Value {
  if (task.kind !== 'regression' || !task.standardize || task.scale === null) return output;
  const row = (values: readonly number[]): Value => constant(float32Tensor(values, [values.length]));
  return add(mul(output, row(task.scale.deviations)), row(task.scale.means));
}

function probabilitiesOf({ kind }: Task, logits: Value): Value | undefined {
  switch (kind) {
    case 'classification':
      return softmax(logits);
    case 'multi-label':
      return sigmoid(logits);
    default:
      return undefined;
  }
}

function build(
  config: SentenceModelConfig,
  tasks: Tasks,
  values: InputValues<InputTypes>,
  probabilities: boolean,
): Outputs {
  const parameters = parametersAt(values);
  const [inputIds, attentionMask, tokenTypeIds] = graphInputs(config).map((name) => parameters(name));
  if (inputIds === undefined || attentionMask === undefined) return {};
  const tokens = { inputIds, attentionMask, ...(tokenTypeIds !== undefined && { tokenTypeIds }) };
  const encoded = sentenceEmbedding(config, tokens, { parameters });
  const text = textValues(config, encoded, attentionMask);
  const ofTasks = Object.entries(tasks).flatMap(([name, task]) => {
    const [output] = taskOutputs(name, task, [text], { parameters });
    const logits = inUnitsOfTargets(task, output);
    const likely = probabilities ? probabilitiesOf(task, logits) : undefined;
    return [
      [logitsOutput(name), logits] as const,
      ...(likely === undefined ? [] : [[probabilitiesOutput(name), likely] as const]),
    ];
  });
  return {
    [TOKEN_OUTPUT]: encoded.tokenEmbeddings,
    [EMBEDDING_OUTPUT]: encoded.sentenceEmbedding,
    ...Object.fromEntries(ofTasks),
  } as Outputs;
}

function weightAt(parameters: Parameters, path: string): HostTensor<'float32'> {
  const tensor = parameters.get(path);
  if (tensor === undefined) throw new ArgumentError(`the model has no parameter "${path}", which its config asks for`);
  return tensor;
}

/**
 * A model as one program with its weights: `input_ids`, `attention_mask` and, where the encoder has segments,
 * `token_type_ids`, (batch_size, sequence_length), to `last_hidden_state` (batch_size, sequence_length, D),
 * `sentence_embedding` (batch_size, E), pooled and, where the model says so, of length 1, and for each task
 * `logits_<task>` (batch_size, L) and on demand `probabilities_<task>`. The weights are the model's own, not copies.
 *
 * @throws ArgumentError where the model has no such task, or lacks a parameter
 * @throws ExportError where a task is asked for that a graph of one text cannot have
 */
export function graphProgram(
  { config, parameters, tasks: all = {} }: ExportableModel,
  { tasks: asked, probabilities = false }: GraphContent = {},
): Program<InputTypes, Outputs> {
  const { tasks } = graphTasks(all, asked);
  const weights: InputTypes = { ...parameterInputs(config), ...headInputs(config, tasks) };
  const tokens = Object.fromEntries(graphInputs(config).map((name) => [name, int32(BATCH, SEQUENCE)]));
  const program = defineProgram({ ...tokens, ...weights } as InputTypes, (values) =>
    build(config, tasks, values, probabilities),
  );
  const bound = new Map(Object.keys(weights).map((path) => [path, weightAt(parameters, path)]));
  return rewriteProgram(bindInputs(program, bound));
}
