// The int8 graph of an encoder beside the encoder in float32, in turn: speed by length at one batch size, size, closeness.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { loadSentenceModel, SentenceEncoder } from '@sentence-mtl/model';
import { datasetTexts, usualModel } from './bench-fixtures.ts';
import { graphEncoder } from './int8-encoder.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { report, type ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '9' },
    threads: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Tokens of a text, the two special ones included. */
const LENGTHS = [16, 32, 128];
/** Texts whose embeddings are compared. */
const COMPARED = 1000;

const batch = Number(values.batch);
const engine = await onnxruntimeEngine(values.threads === undefined ? {} : { threads: Number(values.threads) });
const model = await loadSentenceModel(values.model);
const own = new SentenceEncoder(model, { engine });
const fp32 = await graphEncoder(model, 'fp32', { engine });
const int8 = await graphEncoder(model, 'int8', { engine });
const ways = { model: own, fp32: fp32.encoder, int8: int8.encoder } as const;

const texts = (tokens: number): readonly string[] =>
  Array.from({ length: batch }, (_, row) =>
    Array.from({ length: tokens - 2 }, (__, i) => ((i + row) % 3 === 0 ? 'good' : 'day')).join(' '),
  );

/** Milliseconds of a batch by way, in turn: what else the machine does falls on all of them. */
async function timesOf(tokens: number): Promise<Readonly<Record<keyof typeof ways, readonly number[]>>> {
  const times = { model: [], fp32: [], int8: [] } as Record<keyof typeof ways, number[]>;
  for (let round = -1; round < Number(values.rounds); round++) {
    for (const name of ['model', 'fp32', 'int8'] as const) {
      const taken = await timed(() => ways[name].encode(texts(tokens), { batchSize: batch }));
      if (round >= 0) times[name].push(taken);
    }
  }
  return times;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const others = new OtherProcesses();
const rows: ReportRow[] = [];
await others.during(async () => {
  for (const tokens of LENGTHS) {
    const { model: ofModel, fp32: ofFp32, int8: ofInt8 } = await timesOf(tokens);
    const ratio = (slow: readonly number[]): number =>
      rounded(spreadOf(slow.map((time, round) => time / (ofInt8[round] ?? Number.NaN))).median, 2);
    rows.push({
      tokens,
      'model, ms': spreadOf(ofModel).median,
      'fp32 graph, ms': spreadOf(ofFp32).median,
      'int8 graph, ms': spreadOf(ofInt8).median,
      'times the model': ratio(ofModel),
      'times the fp32 graph': ratio(ofFp32),
    });
  }
});

const compared = datasetTexts(['clinc150', 'movie-sentiment'], COMPARED);
const [exact, near] = [await own.encode(compared), await int8.encoder.encode(compared)];
const cosines = compared.map((_, row) => {
  const start = row * own.dimension;
  let cosine = 0;
  for (let i = start; i < start + own.dimension; i++) cosine += (exact.data[i] ?? 0) * (near.data[i] ?? 0);
  return cosine;
});
const meanCosine = rounded(cosines.reduce((sum, each) => sum + each, 0) / cosines.length, 5);
const figures = {
  model: values.model,
  batch,
  threads: engine.threads,
  othersShare: others.share,
  sizeShare: rounded(int8.bytes / fp32.bytes, 4),
  meanCosine,
  leastCosine: rounded(Math.min(...cosines), 5),
  rows,
};
if (!values.json) {
  console.log(`int8: ${figures.sizeShare * 100} % of the size, mean cosine ${meanCosine} on ${COMPARED} texts\n`);
}
report('int8', describeMachine(), rows, figures, values.json);
for (const encoder of Object.values(ways)) await encoder.dispose();
await engine.dispose();
