// Whether training keeps to its memory: the resident size over steps of all shapes, the first hundred beside the last.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification } from '@sentence-mtl/heads';
import { loadSentenceModel } from '@sentence-mtl/model';
import { Random } from '@sentence-mtl/core';
import type { Example } from '@sentence-mtl/trainer';
import { usualModel } from './bench-fixtures.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { report } from './report.ts';
import { timedTraining } from './timed-training.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    steps: { type: 'string', default: '500' },
    batch: { type: 'string', default: '8' },
    longest: { type: 'string', default: '64' },
    json: { type: 'boolean', default: false },
  },
});

const [steps, batch, longest] = [Number(values.steps), Number(values.batch), Number(values.longest)];
const tasks = { topic: classification(['a', 'b', 'c']) };
const random = Random.of(1).split('lengths');
/** Texts of all lengths, in an order by chance. */
const training = Array.from({ length: steps * batch }, (_, row): Example => {
  const words = 1 + random.integer(longest - 2);
  return {
    texts: [Array.from({ length: words }, () => 'good').join(' ')],
    labels: { topic: 'abc'[row % 3] },
    place: `${row}`,
  };
});

const engine = await onnxruntimeEngine();
const encoder = await loadSentenceModel(values.model);
const megabytes: number[] = [];
const others = new OtherProcesses();
const { steps: taken } = await others.during(async () =>
  timedTraining(
    encoder,
    tasks,
    1,
    {
      engine,
      training,
      settings: { seed: 1, maxLength: longest, checkpointEvery: { steps: Number.MAX_SAFE_INTEGER } },
      steps: { length: { steps }, batchSize: batch },
    },
    () => megabytes.push(process.memoryUsage.rss() / 2 ** 20),
  ),
);

const part = Math.min(100, Math.floor(steps / 2));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const [first, last] = [mean(megabytes.slice(0, part)), mean(megabytes.slice(-part))];
const growth = Math.round((last / first - 1) * 1e4) / 1e4;
const shapes = new Set(taken.map(({ rows, tokens }) => `${rows} ${tokens}`)).size;
const rows = [
  { steps, shapes, [`first ${part}, MB`]: Math.round(first), [`last ${part}, MB`]: Math.round(last), growth },
];
const figures = { model: values.model, steps, batch, longest, shapes, firstMb: first, lastMb: last, growth };
report('memory', describeMachine(), rows, { ...figures, othersShare: others.share }, values.json);
await engine.dispose();
