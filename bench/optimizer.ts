// One AdamW update of all parameters of DistilBERT's size, on one thread, beside what memory bandwidth allows.
import { parseArgs } from 'node:util';
import { float32Tensor, Random, sizeOfShape } from '@sentence-mtl/core';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  clipByValue,
  Optimizer,
  sgd,
  type GradientTransformation,
  type OptimizerOptions,
} from '@sentence-mtl/optim';
import { parameterShapes, publishedModels } from '@sentence-mtl/two-head-model';
import { describeMachine, peakMemoryMb } from './machine.ts';
import { memoryTraffic } from './memory-traffic.ts';
import { publishedName } from './published-model.ts';
import { report } from './report.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const BYTES_A_PARAMETER = 28;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'random-distilbert' },
    rounds: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
  },
});

const model = publishedName(values.model);
const shapes = parameterShapes(publishedModels[model]);
const count = [...shapes.values()].reduce((sum, shape) => sum + sizeOfShape(shape), 0);

/** The gradients are random: zeros and denormal numbers would take other times. */
function fillGradients(optimizer: Optimizer): void {
  const sample = new Float32Array(65_536);
  Random.of(1).fillNormal(sample, 0, 1e-3);
  for (const { data } of optimizer.gradients.values()) {
    for (let at = 0; at < data.length; at += sample.length) data.set(sample.subarray(0, data.length - at), at);
  }
}

/** One update of all parameters, ready to be timed. */
function update(transformation: GradientTransformation, options: OptimizerOptions = {}): () => void {
  const parameters = [...shapes].map(([path, shape]) => {
    return [path, float32Tensor(new Float32Array(sizeOfShape(shape)).fill(0.02), shape)] as const;
  });
  const optimizer = new Optimizer(transformation, new Map(parameters), options);
  fillGradients(optimizer);
  return () => void optimizer.step();
}

const learningRate = 2e-5;
const subjects = [
  { name: 'memory bandwidth', slow: false, run: await memoryTraffic(count) },
  { name: 'AdamW', slow: false, run: update(adamw({ learningRate })) },
  { name: 'norm, clip, AdamW', slow: false, run: update(chain(clipByGlobalNorm(1), adamw({ learningRate }))) },
  { name: 'clip by value, AdamW', slow: false, run: update(chain(clipByValue(1), adamw({ learningRate }))) },
  { name: 'AdamW as a chain of kernels', slow: false, run: update(adamw({ learningRate }), { fuse: false }) },
  { name: 'SGD with momentum', slow: false, run: update(sgd({ learningRate, momentum: 0.9 })) },
  { name: 'AdamW in plain JavaScript', slow: true, run: update(adamw({ learningRate }), { kernels: 'plain' }) },
];

// The subjects take turns, so that a disturbance of the machine meets all of them.
const rounds = Number(values.rounds);
const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
for (const { run } of subjects) await timed(run);
for (let round = 0; round < rounds; round++) {
  for (const { name, slow, run } of subjects) {
    if (!slow || round < 3) times.get(name)?.push(await timed(run));
  }
}

const measured = subjects.map(({ name }) => ({ name, ms: spreadOf(times.get(name) ?? []) }));
const [bound, adamwTime, clippedTime, clippedByValueTime, chainTime, , plainTime] = measured.map(({ ms }) => ms.median);
const ratio = (ms = NaN): number => Math.round((ms / (bound ?? NaN)) * 100) / 100;
const rows = measured.map(({ name, ms }) => {
  return { update: name, 'median ms': ms.median, 'least ms': ms.min, 'times the bound': ratio(ms.median) };
});
const figures = {
  model,
  parameters: count,
  ms: adamwTime,
  boundMs: bound,
  timesBound: ratio(adamwTime),
  boundGigabytesPerSecond: Math.round((BYTES_A_PARAMETER * count) / (bound ?? NaN) / 1e5) / 10,
  clippedMs: clippedTime,
  clippedByValueMs: clippedByValueTime,
  chainMs: chainTime,
  plainMs: plainTime,
  rounds,
  peakMemoryMb: peakMemoryMb(),
};
report('optimizer', describeMachine(), rows, figures, values.json);
