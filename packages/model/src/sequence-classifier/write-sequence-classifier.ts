import { float32Tensor, type HostTensor, type Parameters } from '@sentence-mtl/core';
import { parameterSpecs, toHuggingFaceName } from '@sentence-mtl/encoder';
import {
  classifierLayouts,
  huggingFaceHeadNames,
  isHuggingFaceHead,
  taskParameterSpecs,
  type ClassifierArchitecture,
  type Task,
} from '@sentence-mtl/heads';
import { replaceModelFolder, writeTransformersFolder } from '@sentence-mtl/model-files';
import { ModelError } from '../errors.ts';
import { checkedParameters } from '../parameter-at.ts';
import { checkHasTask, embeddingSizes, type TaskModel } from '../tasks/task-model.ts';
import { sourceConfig, stored } from '../write-sentence-model.ts';
import { classifierArchitecture, configOfTask } from './classifier-task.ts';

/** A task of a model as a sequence classifier. */
interface Classifier {
  readonly task: Task;
  readonly architecture: ClassifierArchitecture;
  /** config.json, with the labels. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** @throws as `sequenceClassifierConfig` does */
function classifierOf({ config, tasks }: Pick<TaskModel, 'config' | 'tasks'>, name: string): Classifier {
  checkHasTask(tasks, name);
  const task = tasks[name] as Task;
  const architecture = classifierArchitecture(config.encoder.architecture, 'the model');
  return { task, architecture, config: { ...sourceConfig(config), ...configOfTask(name, task, architecture) } };
}

/**
 * config.json of one task of a model as a sequence classifier: its class, its problem, its labels.
 *
 * @throws ArgumentError where the model has no such task
 * @throws ModelError where a sequence classifier of the encoder's architecture has no such task
 */
export function sequenceClassifierConfig(
  model: Pick<TaskModel, 'config' | 'tasks'>,
  name: string,
): Readonly<Record<string, unknown>> {
  return classifierOf(model, name).config;
}

/** Whether the head of a task is one that sequence classifiers of the encoder's architecture have. */
export function hasClassifierHead({ config, tasks }: Pick<TaskModel, 'config' | 'tasks'>, name: string): boolean {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  const { architecture, hiddenSize } = config.encoder;
  if (task === undefined || !('head' in task) || !Object.hasOwn(classifierLayouts, architecture)) return false;
  return isHuggingFaceHead(architecture as ClassifierArchitecture, hiddenSize, task.head);
}

/** @throws ModelError where the head is not one that sequence classifiers of the architecture have */
function checkHead(model: TaskModel, name: string, architecture: ClassifierArchitecture): void {
  if (hasClassifierHead(model, name)) return;
  const { className } = classifierLayouts[architecture];
  const { hiddenSize } = model.config.encoder;
  throw new ModelError(
    `the head of task "${name}" is not the one that ${className} has, a hidden layer of ${hiddenSize} on the first token; train it with huggingFaceHead("${architecture}", ${hiddenSize}, dropout)`,
  );
}

/** The output layer of a regression in the units of its targets: what brings its outputs back becomes a part of it. */
function inUnitsOfTargets(task: Task, parameters: Parameters): Parameters {
  if (task.kind !== 'regression' || !task.standardize || task.scale === null) return parameters;
  const { means, deviations } = task.scale;
  const rescaled = (path: string, { shape, data }: HostTensor<'float32'>): HostTensor<'float32'> => {
    const width = data.length / means.length;
    const shift = path.endsWith('.bias') ? means : [];
    const row = (at: number): number => Math.floor(at / width);
    return float32Tensor(
      data.map((value, at) => value * (deviations[row(at)] ?? 1) + (shift[row(at)] ?? 0)),
      shape,
    );
  };
  return new Map(
    [...parameters].map(([path, tensor]) => [path, /\.output\.\w+$/.test(path) ? rescaled(path, tensor) : tensor]),
  );
}

/**
 * Writes one task of a model as a `…ForSequenceClassification` folder that transformers loads, with the same logits. The
 * thresholds of tags have no place there and are left out.
 *
 * @throws ArgumentError where the model has no such task
 * @throws ModelError where a sequence classifier of the encoder's architecture has no such task or no such head
 * @throws ModelFileError where the folder cannot be written, or holds something that is no model
 */
export async function writeSequenceClassifier(folder: string, model: TaskModel, name: string): Promise<void> {
  const { config, parameters } = model;
  const { task, architecture, config: ofClassifier } = classifierOf(model, name);
  checkHead(model, name, architecture);
  const { prefix } = classifierLayouts[architecture];
  const headNames = huggingFaceHeadNames(architecture, name);
  const head = inUnitsOfTargets(
    task,
    checkedParameters(taskParameterSpecs(name, task, embeddingSizes(config)), parameters),
  );
  const encoder = checkedParameters(parameterSpecs(config.encoder), parameters);
  const weights = [
    ...[...encoder].map(([path, tensor]) => [prefix + toHuggingFaceName(architecture, path), stored(tensor)] as const),
    ...[...head].map(([path, tensor]) => [headNames.get(path) ?? path, stored(tensor)] as const),
  ];
  const parts = { config: ofClassifier, weights, tokenizerTexts: config.tokenizerTexts };
  await replaceModelFolder(folder, async (place) => writeTransformersFolder(place, parts));
}
