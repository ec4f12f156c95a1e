// Training with a frozen encoder: heads alone on clinc150, and what a step costs with the lowest k layers frozen;
// --peer runs the heads in PyTorch, with the encoder at every step and on embeddings that are computed once.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { freezeEncoder } from '@sentence-mtl/freeze-strategies';
import { loadSentenceModel } from '@sentence-mtl/model';
import { fixedWeights } from '@sentence-mtl/task-balancing';
import { fixturesFolder, usualModel } from './bench-fixtures.ts';
import { clincExamples, clincTasks } from './clinc150.ts';
import { frozenLayersTable } from './frozen-layers-table.ts';
import { describeMachine, OtherProcesses, peakMemoryMb } from './machine.ts';
import { runPeerScript } from './peer-script.ts';
import { formatTable, report, type ReportRow } from './report.ts';
import { testAccuracy, timedTraining } from './timed-training.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    rows: { type: 'string', default: '0' },
    epochs: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '12' },
    'no-heads': { type: 'boolean', default: false },
    'no-table': { type: 'boolean', default: false },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const HEAD_RATE = 1e-2;
const WAYS = ['naive', 'cached'] as const;
const [BATCH, MAX_LENGTH, SEED] = [32, 64, 1];
const [rowCount, epochs] = [Number(values.rows), Number(values.epochs)];
const engine = await onnxruntimeEngine();
const encoder = await loadSentenceModel(values.model);
const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;

interface Round {
  readonly what: string;
  readonly totalSeconds: number;
  readonly encodeSeconds: number;
  readonly rowsPerSecond: number;
  readonly accuracy: Readonly<Record<string, number>>;
  readonly memoryMb: number;
  readonly othersShare: number;
}

async function ourRound(): Promise<Round> {
  const [tasks, training] = [clincTasks(), clincExamples('train', rowCount, SEED)];
  const names = Object.keys(tasks);
  const others = new OtherProcesses();
  const run = await others.during(async () =>
    timedTraining(encoder, tasks, SEED, {
      engine,
      training,
      freezing: freezeEncoder(),
      settings: {
        seed: SEED,
        headLearningRate: HEAD_RATE,
        schedule: { kind: 'constant' },
        clipNorm: null,
        maxLength: MAX_LENGTH,
        checkpointEvery: { steps: Number.MAX_SAFE_INTEGER },
      },
      steps: { length: { epochs }, batchSize: BATCH },
      balancing: fixedWeights(Object.fromEntries(names.map((task) => [task, 1 / names.length]))),
    }),
  );
  const totalSeconds = run.readySeconds + run.loopSeconds;
  return {
    what: 'sentence-mtl, embeddings once',
    totalSeconds: round(totalSeconds),
    encodeSeconds: round(run.readySeconds),
    rowsPerSecond: round((training.length * epochs) / totalSeconds, 1),
    accuracy: await testAccuracy(run.model, clincExamples('test', 0, SEED), engine),
    memoryMb: run.peakMemoryMb,
    othersShare: others.share,
  };
}

interface PeerFrozen {
  readonly total_s: number;
  readonly encode_s: number;
  readonly rows_per_s: number;
  readonly test_accuracy: Readonly<Record<string, number>>;
  readonly train_others_share: number;
}

async function peerRound(way: (typeof WAYS)[number]): Promise<Round> {
  const data = ['--model', values.model, '--data', join(fixturesFolder, 'data'), '--rows', values.rows];
  const loop = ['--epochs', values.epochs, '--threads', `${engine.threads}`, '--seed', `${SEED}`, '--way', way];
  const run = await runPeerScript<PeerFrozen>('frozen.py', [...data, ...loop]);
  return {
    what: `PyTorch ${run.versions['torch']}, ${way === 'naive' ? 'encoder at every step' : 'embeddings once'}`,
    totalSeconds: run.total_s,
    encodeSeconds: run.encode_s,
    rowsPerSecond: run.rows_per_s,
    accuracy: run.test_accuracy,
    memoryMb: run.peak_rss_mb,
    othersShare: run.train_others_share,
  };
}

const rounds: Round[] = [];
for (let i = 0; i < (values['no-heads'] ? 0 : Number(values.rounds)); i++) {
  rounds.push(await ourRound());
  for (const way of values.peer ? WAYS : []) rounds.push(await peerRound(way));
}
const best = (what: string): Round | undefined =>
  rounds.filter((each) => each.what === what).toSorted((a, b) => a.totalSeconds - b.totalSeconds)[0];
const rows = [...new Set(rounds.map(({ what }) => what))].flatMap((what): readonly ReportRow[] => {
  const [ours, own] = [best(rounds[0]?.what ?? ''), best(what)];
  if (own === undefined || ours === undefined) return [];
  const { totalSeconds, encodeSeconds, rowsPerSecond, accuracy, memoryMb, othersShare } = own;
  const ratio = round(totalSeconds / ours.totalSeconds);
  const figures = { seconds: totalSeconds, 'of it before': encodeSeconds, 'rows/s': rowsPerSecond, ...accuracy };
  return [{ what, ...figures, 'memory MB': memoryMb, 'times ours': ratio, 'others’ share': othersShare }];
});

const others = new OtherProcesses();
const layers = values['no-table']
  ? []
  : await others.during(async () => frozenLayersTable(encoder, engine, Number(values.steps)));
if (!values.json && layers.length > 0) {
  console.log(`a step of 32 texts of 32 tokens, the embeddings and k layers frozen\n\n${formatTable(layers)}\n`);
}
const conditions = { model: values.model, rows: rowCount, epochs, batch: BATCH, headLearningRate: HEAD_RATE };
const figures = { ...conditions, threads: engine.threads, rounds, layers, peakMemoryMb: peakMemoryMb() };
report('frozen', describeMachine(), rows, { ...figures, tableOthersShare: others.share }, values.json);
await engine.dispose();
