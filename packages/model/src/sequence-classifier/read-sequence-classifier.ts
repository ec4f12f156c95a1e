import { join } from 'node:path';
import { defineTasks, huggingFaceHeadNames, taskParameterSpecs } from '@sentence-mtl/heads';
import { readParameters } from '../read-parameters.ts';
import { readSentenceModel, type ReadOptions } from '../read-sentence-model.ts';
import { embeddingSizes, type TaskModel } from '../tasks/task-model.ts';
import { checkClassName, classifierArchitecture, taskOfConfig } from './classifier-task.ts';

/**
 * Reads a `…ForSequenceClassification` folder of Hugging Face's transformers (BERT, DistilBERT, RoBERTa, XLM-RoBERTa,
 * MPNet, ELECTRA, ALBERT) as a model with one task, whose head has a pooling of its own, the first token.
 *
 * @param name of the task
 * @throws as `readSentenceModel` does, and
 * @throws TaskConfigError where the labels repeat, or the name may not be used
 * @throws ModelError where the folder is of another model, or its head is not there
 */
export async function readSequenceClassifier(
  folder: string,
  name: string,
  options: ReadOptions = {},
): Promise<TaskModel> {
  const encoder = await readSentenceModel(folder, options);
  const { config } = encoder;
  const source = join(folder, 'config.json');
  const architecture = classifierArchitecture(config.encoder.architecture, source);
  checkClassName(config.source, architecture, source);
  const task = taskOfConfig(config.source, architecture, config.encoder.hiddenSize, source);
  const tasks = defineTasks({ [name]: task });
  const paths = new Map([...huggingFaceHeadNames(architecture, name)].map(([path, tensor]) => [tensor, path]));
  const specs = [...taskParameterSpecs(name, task, embeddingSizes(config))];
  const shapes = new Map(specs.map(([path, { shape }]) => [path, shape] as const));
  const head = await readParameters([{ folder, pathOf: (tensor) => paths.get(tensor) }], shapes, options.allocate);
  return { ...encoder, tasks, parameters: new Map([...encoder.parameters, ...head]), provenance: {} };
}
