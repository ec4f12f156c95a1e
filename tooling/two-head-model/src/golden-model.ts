import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { float32Tensor, int32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { parseEncoderConfig } from '@sentence-mtl/encoder';
import { openSafetensors, readWeights } from '@sentence-mtl/model-files';
import { huggingFaceName } from './hugging-face-names.ts';
import type { LabelledBatch } from './labelled-batch.ts';
import { parameterShapes } from './parameter-shapes.ts';
import { numberedTasks, type TwoHeadConfig } from './two-head-config.ts';

type ModelParameters = ReadonlyMap<string, HostTensor<'float32'>>;

/** What PyTorch gave for a batch. */
export interface GoldenStep {
  readonly loss: number;
  readonly task_losses: Readonly<Record<string, number>>;
  readonly logits: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly embedding: readonly (readonly number[])[];
  readonly grad_norm: number;
}

/** Steps of training as PyTorch took them. */
export interface GoldenRun {
  readonly settings: { readonly accumulation?: number };
  readonly steps: readonly {
    readonly loss: number;
    readonly task_losses: Readonly<Record<string, number>>;
    readonly grad_norm: number;
    readonly parameters_with_grad: number;
    readonly lr_encoder: number;
    readonly lr_heads: number;
  }[];
}

type GoldenRuns = Readonly<Record<string, GoldenRun>>;

/** A tiny model with the batches and the numbers recorded for it. */
export interface GoldenModel {
  readonly config: TwoHeadConfig;
  readonly parameters: ModelParameters;
  readonly lossWeights: Readonly<Record<string, number>>;
  readonly batches: readonly LabelledBatch[];
  readonly steps: readonly GoldenStep[];
  /** The tensors of a file beside steps.json, under our paths; those it does not hold are absent. */
  readonly recorded: (file: string) => Promise<ModelParameters>;
  /** The runs of runs.json, by name. */
  readonly runs: () => Promise<GoldenRuns>;
}

export type GoldenName = 'nano-bert' | 'bert' | 'distilbert';

/** The heads of the recorded models. */
const TASKS = numberedTasks({ a: 3, b: 5 });

const root = fileURLToPath(new URL('../../..', import.meta.url));
const inProject = fileURLToPath(new URL('../fixtures', import.meta.url));

/** The folder of the large fixtures, which a bare clone does not have. */
const goldenFolder: string = resolve(root, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared', 'golden');

/** Why a test with large fixtures cannot run, in one line; undefined where it can. */
export const goldenAbsence: string | undefined = existsSync(goldenFolder)
  ? undefined
  : 'skipped: the recorded models are absent; SENTENCE_MTL_FIXTURES names the folder that holds golden/';

interface StepsFile {
  readonly batches: readonly {
    readonly input_ids: readonly (readonly number[])[];
    readonly attention_mask: readonly (readonly number[])[];
    readonly labels: Readonly<Record<string, readonly number[]>>;
  }[];
  readonly task_weights: Readonly<Record<string, number>>;
  readonly expected: readonly GoldenStep[];
}

const matrix = (rows: readonly (readonly number[])[]): HostTensor<'int32'> =>
  int32Tensor(rows.flat(), [rows.length, rows[0]?.length ?? 0]);

function readBatch({ input_ids, attention_mask, labels }: StepsFile['batches'][number]): LabelledBatch {
  const vectors = Object.entries(labels).map(([task, row]) => [task, int32Tensor(row, [row.length])] as const);
  return { inputIds: matrix(input_ids), attentionMask: matrix(attention_mask), labels: Object.fromEntries(vectors) };
}

async function readTensors(path: string): Promise<ModelParameters> {
  const tensors = new Map<string, HostTensor<'float32'>>();
  const file = await openSafetensors(path);
  try {
    await readWeights(file, (name, shape) => {
      const tensor = float32Tensor(new Float32Array(sizeOfShape(shape)), shape);
      tensors.set(name, tensor);
      return tensor.data;
    });
  } finally {
    await file.close();
  }
  return tensors;
}

function underOurPaths(config: TwoHeadConfig, tensors: ModelParameters): ModelParameters {
  const paths = [...parameterShapes(config).keys()];
  return new Map(
    paths.flatMap((path) => {
      const tensor = tensors.get(huggingFaceName(config.encoder.architecture, path));
      return tensor === undefined ? [] : [[path, tensor] as const];
    }),
  );
}

async function readRecorded(config: TwoHeadConfig, file: string): Promise<ModelParameters> {
  return underOurPaths(config, await readTensors(file));
}

async function readRuns(folder: string): Promise<GoldenRuns> {
  const { runs } = JSON.parse(await readFile(join(folder, 'runs.json'), 'utf8')) as { readonly runs: GoldenRuns };
  return runs;
}

/** Loads a recorded model: nano-bert from the project itself, the others from the large fixtures. */
export async function loadGoldenModel(name: GoldenName): Promise<GoldenModel> {
  const own = name === 'nano-bert';
  const models = own ? join(inProject, name) : join(goldenFolder, 'models', name);
  const training = own ? models : join(goldenFolder, 'training', name);
  const config = {
    encoder: parseEncoderConfig(JSON.parse(await readFile(join(models, 'config.json'), 'utf8'))),
    tasks: TASKS,
  };
  const encoder = await readTensors(join(models, 'model.safetensors'));
  const heads = await readTensors(join(training, 'heads.safetensors'));
  const named = new Map([...[...encoder].map(([key, tensor]) => [`encoder.${key}`, tensor] as const), ...heads]);
  const steps = JSON.parse(await readFile(join(training, 'steps.json'), 'utf8')) as StepsFile;
  return {
    config,
    parameters: underOurPaths(config, named),
    lossWeights: steps.task_weights,
    batches: steps.batches.map(readBatch),
    steps: steps.expected,
    recorded: (file) => readRecorded(config, join(training, file)),
    runs: () => readRuns(training),
  };
}

/** The runs of several optimizers on nano-bert, and the parameters that each ended with. */
export async function loadGoldenOptimizers({ config }: GoldenModel): Promise<{
  readonly runs: GoldenRuns;
  readonly recorded: GoldenModel['recorded'];
}> {
  const folder = join(goldenFolder, 'training', 'optimizers');
  return { runs: await readRuns(folder), recorded: (file) => readRecorded(config, join(folder, file)) };
}
