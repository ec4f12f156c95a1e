// One step of the trainer at a fixed batch and length: forward, backward, clip and AdamW.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { bindDimension, programStatistics } from '@sentence-mtl/program';
import { describeMachine, OtherProcesses, peakMemoryMb } from './machine.ts';
import { PEER_FORMATS, type PeerFormat } from './peer-script.ts';
import { runPeerStep, type PeerRun } from './peer-step.ts';
import { PlainProducts } from './plain-products.ts';
import { publishedName, stepSizes } from './published-model.ts';
import { report, type ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { TimedStep, type Phase, type StepOptions } from './timed-step.ts';
import { timings } from './timing.ts';

const PHASES: readonly Phase[] = ['all', 'forward', 'backward', 'update'];
const WARMUPS = 2;

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Error(`--${option} ${value} is not one of ${known.join(', ')}`);
  return found;
}

function positive(option: string, value: string): number {
  const number = Number(value);
  if (!(Number.isInteger(number) && number > 0)) throw new Error(`--${option} ${value} is not a whole number above 0`);
  return number;
}

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'random-distilbert' },
    batch: { type: 'string', default: '32' },
    length: { type: 'string', default: '32' },
    phase: { type: 'string', default: 'all' },
    dropout: { type: 'string', default: '0.1' },
    repeats: { type: 'string', default: '9' },
    rounds: { type: 'string', default: '3' },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const options: StepOptions = {
  model: publishedName(values.model),
  batch: positive('batch', values.batch),
  length: positive('length', values.length),
  phase: oneOf('phase', values.phase, PHASES),
  dropout: Number(values.dropout),
};
const rounds = positive('rounds', values.rounds);
const repeats = positive('repeats', values.repeats);

const others = new OtherProcesses();
const engine = await onnxruntimeEngine();
const step = await TimedStep.of(engine, options);
const bindings = stepSizes(step.program, options.batch, options.length);
await timings(() => step.run(), { warmups: 0, runs: WARMUPS });
// The products below need memory of their own, which is not the step's.
const peakMemory = peakMemoryMb();
const products = options.phase === 'update' ? undefined : await PlainProducts.of(engine, step.program, bindings);

/** Our step and its products by themselves, and the peer, in turn. */
const ours: number[] = [];
const plain: number[] = [];
const peers: { readonly format: PeerFormat; readonly run: PeerRun }[] = [];
for (let round = 0; round < rounds; round++) {
  for (const format of values.peer ? PEER_FORMATS : []) peers.push({ format, run: await runPeerStep(options, format) });
  // The first run after another process had the machine is not counted.
  if (values.peer) await step.run();
  await others.during(async () => {
    for (let i = 0; i < repeats; i++) {
      ours.push(...(await timings(() => step.run(), { warmups: 0, runs: 1 })));
      if (products !== undefined) plain.push(await products.round());
    }
  });
}

const ms = spreadOf(ours);
const statistics = programStatistics(step.program);
const productGflop = bindDimension(statistics.productOperations, bindings) / 1e9;
const rate = (gflop: number, milliseconds: number): number => Math.round((gflop / milliseconds) * 1e4) / 10;
const rows: ReportRow[] = [
  { what: `sentence-mtl, ${options.phase}`, ms: ms.median, min: ms.min, max: ms.max, memoryMb: peakMemory, ratio: '' },
];

function productFigures(): object {
  if (products === undefined) return {};
  const { median, min, max } = spreadOf(plain);
  const ratio = Math.round((ms.median / median) * 1000) / 1000;
  rows.push({
    what: 'its products alone',
    ms: median,
    min,
    max,
    memoryMb: '',
    ratio: `step takes ${ratio} times that`,
  });
  const gflops = rate(productGflop, ms.median);
  return {
    gflops,
    products: { gflop: Math.round(productGflop), ms: median, gflops: rate(productGflop, median), ratio },
  };
}

function peerFigures(): object {
  const found = PEER_FORMATS.flatMap((format) => {
    const runs = peers.filter((peer) => peer.format === format).map(({ run }) => run);
    const [first] = runs;
    if (first === undefined) return [];
    const { median, min, max } = spreadOf(runs.map((run) => run.ms));
    const ratio = Math.round((median / ms.median) * 1000) / 1000;
    const memoryMb = Math.max(...runs.map((run) => run.peakMemoryMb));
    rows.push({
      what: `PyTorch ${first.torch}, ${format}`,
      ms: median,
      min,
      max,
      memoryMb,
      ratio: `${ratio} times ours`,
    });
    const othersShare = Math.max(...runs.map((run) => run.othersShare));
    return [[format, { ms: median, min, max, peakMemoryMb: memoryMb, ratio, othersShare }]];
  });
  return found.length === 0 ? {} : { peer: Object.fromEntries(found) };
}

const figures = {
  ...options,
  ms: ms.median,
  min: ms.min,
  max: ms.max,
  runs: ms.runs,
  tokensPerSecond: Math.round((options.batch * options.length * 1000) / ms.median),
  ...productFigures(),
  peakMemoryMb: peakMemory,
  parameters: statistics.parameters,
  ...peerFigures(),
  engine: engine.name,
  othersShare: others.share,
};
report('step', describeMachine(), rows, figures, values.json);
await engine.dispose();
