// What heads cost: the same texts with one head, with ten, and with a model for each task, which is what people without
// multi-task models do. Rounds take turns, so that a busy moment of the machine falls on all of them.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification, type Tasks } from '@sentence-mtl/heads';
import { createTaskModel, loadSentenceModel, MultiTaskModel, writeTaskModel } from '@sentence-mtl/model';
import { datasetTexts, usualModel } from './bench-fixtures.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { report } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const LOADED_HEADS = 5;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    heads: { type: 'string', default: '10' },
    labels: { type: 'string', default: '10' },
    rows: { type: 'string', default: '640' },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

const texts = datasetTexts(['clinc150'], Number(values.rows));
const batchSize = Number(values.batch);
const labels = Array.from({ length: Number(values.labels) }, (_, index) => `label ${index}`);
const tasksOf = (count: number): Tasks =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`task${index}`, classification(labels)]));

const encoder = await loadSentenceModel(values.model);
const engine = await onnxruntimeEngine();
const modelOf = (tasks: Tasks): MultiTaskModel => new MultiTaskModel(createTaskModel(encoder, tasks, 1), { engine });
const count = Number(values.heads);
const [one, all] = [modelOf(tasksOf(1)), modelOf(tasksOf(count))];
const single = Object.entries(tasksOf(count)).map(([name, task]) => modelOf({ [name]: task }));

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  'one head': async () => one.predict(texts, { batchSize }),
  [`${count} heads, one pass`]: async () => all.predict(texts, { batchSize }),
  [`${count} models of one head`]: async () => {
    for (const model of single) await model.predict(texts, { batchSize });
  },
};

const taken = new Map<string, number[]>(Object.keys(ways).map((way) => [way, []]));
for (const run of Object.values(ways)) await run(); // compiles and warms
const others = new OtherProcesses();
await others.during(async () => {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [way, run] of Object.entries(ways)) taken.get(way)?.push(await timed(run));
  }
});

/** From a saved model to its first prediction, in a process that has the runtime loaded. */
async function timeToFirst(folder: string): Promise<number> {
  return timed(async () => {
    await using model = await MultiTaskModel.load(folder, { engine });
    await model.predict(['where is my parcel']);
  });
}

using scratch = new ScratchFolder();
const folder = scratch.of('model');
await writeTaskModel(folder, createTaskModel(encoder, tasksOf(LOADED_HEADS), 1));
const loads: number[] = [];
for (let round = 0; round < Number(values.rounds); round++) loads.push(await timeToFirst(folder));

const spreads = [...taken].map(([way, milliseconds]) => ({ way, ...spreadOf(milliseconds) }));
// The least of the rounds: what the work itself takes, with the least of what others take beside it.
const [alone = NaN, together = NaN, apart = NaN] = spreads.map(({ min }) => min);
const round2 = (value: number): number => Math.round(value * 100) / 100;
const figures = {
  rows: texts.length,
  batch: batchSize,
  heads: count,
  extraCostOfHeads: round2((together / alone - 1) * 100),
  timesFasterThanAModelEach: round2(apart / together),
  loadToFirstPredictionMs: spreadOf(loads),
  othersShare: others.share,
  ways: spreads,
};
const rows = [
  ...spreads.map(({ way, median, min }) => ({
    what: way,
    'median ms': median,
    'least ms': min,
    'texts a second': Math.round((texts.length * 1000) / min),
  })),
  {
    what: `load ${LOADED_HEADS} heads to first prediction`,
    'median ms': spreadOf(loads).median,
    'least ms': spreadOf(loads).min,
    'texts a second': '',
  },
];
report('predict', describeMachine(), rows, figures, values.json);
await engine.dispose();
