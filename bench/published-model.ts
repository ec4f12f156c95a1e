import { float32Tensor, Random, sizeOfShape } from '@sentence-mtl/core';
import { initialParameters, uniformDropout } from '@sentence-mtl/encoder';
import { createTaskModel } from '@sentence-mtl/model';
import type { Bindings, Program } from '@sentence-mtl/program';
import type { TrainingModel } from '@sentence-mtl/trainer';
import { trainingProgram } from '@sentence-mtl/trainer/step';
import {
  parameterShapes,
  publishedModels,
  sentenceConfig,
  type PublishedModel,
  type TwoHeadConfig,
} from '@sentence-mtl/two-head-model';

async function configOf({ encoder }: TwoHeadConfig, dropout: number): Promise<TrainingModel['config']> {
  return sentenceConfig({ ...encoder, dropout: uniformDropout(encoder.architecture, dropout) });
}

/** A model of a published size with fresh weights, as the trainer takes it. */
export async function freshModel(name: PublishedModel, dropout: number): Promise<TrainingModel> {
  const published = publishedModels[name];
  const config = await configOf(published, dropout);
  const parameters = initialParameters(config.encoder, Random.of(1));
  return createTaskModel({ config, parameters, notices: [] }, published.tasks, 1);
}

/** The same with zeros for weights: enough for the programs that are built for it. */
export async function emptyModel(name: PublishedModel, dropout: number): Promise<TrainingModel> {
  const published = publishedModels[name];
  const parameters = [...parameterShapes(published)].map(([path, shape]) => {
    return [path, float32Tensor(new Float32Array(sizeOfShape(shape)), shape)] as const;
  });
  const config = await configOf(published, dropout);
  return { config, tasks: published.tasks, parameters: new Map(parameters) };
}

/** The trainer's program of a step, with the gradients of all parameters, or of none. */
export function stepProgram(model: TrainingModel, dropout: number, trains: 'all' | 'none'): Program {
  const trained = trains === 'all' ? [...model.parameters.keys()] : [];
  return trainingProgram(model, { start: { kind: 'tokens' }, trained, drops: dropout > 0 });
}

/** The sizes of the axes of a step's program when each of `batch` texts, of `length` tokens, is a row of every task. */
export function stepSizes({ inputs }: Program, batch: number, length: number): Bindings {
  const axes = Object.values(inputs).flatMap(({ shape }) => shape.filter((axis) => typeof axis === 'string'));
  return Object.fromEntries(axes.map((axis) => [axis, axis === 'sequence' ? length : batch]));
}

/** The name of a published size. @throws Error for any other */
export function publishedName(name: string): PublishedModel {
  const known = Object.keys(publishedModels) as PublishedModel[];
  const found = known.find((each) => each === name);
  if (found === undefined) throw new Error(`--model ${name} is not one of ${known.join(', ')}`);
  return found;
}
