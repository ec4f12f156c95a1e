// Fine-tuning of the whole MiniLM on clinc150, both tasks, grouped by length: rows a second, accuracy of each task, memory;
// --peer runs the same loop in PyTorch, in fp32 and bf16, in turn.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { loadSentenceModel } from '@sentence-mtl/model';
import { fixedWeights } from '@sentence-mtl/task-balancing';
import { fixturesFolder, usualModel } from './bench-fixtures.ts';
import { clincExamples, clincTasks } from './clinc150.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { PEER_FORMATS, runPeerScript, type PeerFormat } from './peer-script.ts';
import { report, type ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { testAccuracy, timedTraining } from './timed-training.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    rows: { type: 'string', default: '0' },
    seeds: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '1' },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** What both loops train with. */
const RATES = { learningRate: 5e-5, headLearningRate: 1e-2 };
const [BATCH, MAX_LENGTH] = [32, 64];

interface Round {
  readonly what: string;
  readonly seed: number;
  readonly rowsPerSecond: number;
  readonly accuracy: Readonly<Record<string, number>>;
  readonly memoryMb: number;
  readonly paddingShare?: number;
  readonly readySeconds: number;
  readonly othersShare: number;
}

const [rowCount, epochs] = [Number(values.rows), Number(values.epochs)];
const engine = await onnxruntimeEngine();
const encoder = await loadSentenceModel(values.model);
const tasks = clincTasks();
const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

async function ourRound(seed: number): Promise<Round> {
  const training = clincExamples('train', rowCount, seed);
  const others = new OtherProcesses();
  const run = await others.during(async () =>
    timedTraining(encoder, tasks, seed, {
      engine,
      training,
      settings: { ...RATES, seed, maxLength: MAX_LENGTH, checkpointEvery: { steps: Number.MAX_SAFE_INTEGER } },
      steps: { length: { epochs }, batchSize: BATCH, groupByLength: true },
      balancing: fixedWeights(
        Object.fromEntries(Object.keys(tasks).map((task) => [task, 1 / Object.keys(tasks).length])),
      ),
    }),
  );
  return {
    what: 'sentence-mtl, fp32',
    seed,
    rowsPerSecond: round((training.length * epochs) / run.loopSeconds),
    accuracy: await testAccuracy(run.model, clincExamples('test', 0, seed), engine),
    memoryMb: run.peakMemoryMb,
    readySeconds: round(run.readySeconds, 2),
    othersShare: others.share,
  };
}

interface PeerEpoch {
  readonly rows_per_s: number;
  readonly test_accuracy: Readonly<Record<string, number>>;
  readonly train_peak_rss_mb: number;
  readonly train_others_share: number;
  readonly padding_share: number;
  readonly tokenize_s: number;
}

async function peerRound(format: PeerFormat, seed: number): Promise<Round> {
  const data = ['--model', values.model, '--data', join(fixturesFolder, 'data'), '--rows', values.rows];
  const loop = ['--epochs', values.epochs, '--seed', `${seed}`, '--threads', `${engine.threads}`, '--group-by-length'];
  const words = [...data, ...loop, ...(format === 'bf16' ? ['--bf16'] : [])];
  const run = await runPeerScript<PeerEpoch>('train_epoch.py', words);
  return {
    what: `PyTorch ${run.versions['torch']}, ${format}`,
    seed,
    rowsPerSecond: run.rows_per_s,
    accuracy: run.test_accuracy,
    memoryMb: run.train_peak_rss_mb,
    paddingShare: run.padding_share,
    readySeconds: run.tokenize_s,
    othersShare: run.train_others_share,
  };
}

const rounds: Round[] = [];
for (let seed = 1; seed <= Number(values.seeds); seed++) {
  rounds.push(await ourRound(seed));
  for (const format of values.peer ? PEER_FORMATS : []) rounds.push(await peerRound(format, seed));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const ours = rounds.filter(({ what }) => what === rounds[0]?.what);
const rows: ReportRow[] = [...new Set(rounds.map(({ what }) => what))].map((what) => {
  const own = rounds.filter((each) => each.what === what);
  const speed = spreadOf(own.map(({ rowsPerSecond }) => rowsPerSecond));
  const accuracies = Object.keys(tasks).map((task) => {
    return [task, round(mean(own.map(({ accuracy }) => accuracy[task] ?? NaN)), 4)] as const;
  });
  return {
    what,
    'rows/s': speed.median,
    min: speed.min,
    max: speed.max,
    ...Object.fromEntries(accuracies),
    'memory MB': Math.max(...own.map(({ memoryMb }) => memoryMb)),
    'ours against it': round(spreadOf(ours.map(({ rowsPerSecond }) => rowsPerSecond)).median / speed.median, 2),
    'others’ share': Math.max(...own.map(({ othersShare }) => othersShare)),
  };
});
const conditions = { model: values.model, rows: rowCount, epochs, batch: BATCH, maxLength: MAX_LENGTH, ...RATES };
report('train-epoch', describeMachine(), rows, { ...conditions, threads: engine.threads, rounds }, values.json);
await engine.dispose();
