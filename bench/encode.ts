// Texts of two data sets to embeddings: sentences a second, padding, memory; --peer runs sentence-transformers in turn.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { SentenceEncoder } from '@sentence-mtl/model';
import { datasetTexts, fixturesFolder, usualModel } from './bench-fixtures.ts';
import { encodeTable } from './encode-table.ts';
import { graphEncoder } from './int8-encoder.ts';
import { describeMachine, OtherProcesses, peakMemoryMb } from './machine.ts';
import { ONNX_FORMATS, PEER_FORMATS, runPeerScript } from './peer-script.ts';
import { formatTable, report, type ReportRow } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const DATASETS = ['clinc150', 'movie-sentiment'];

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    rows: { type: 'string', default: '0' },
    tokens: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    'no-table': { type: 'boolean', default: false },
    peer: { type: 'boolean', default: false },
    int8: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const texts = datasetTexts(DATASETS, Number(values.rows));
const engine = await onnxruntimeEngine();
const encoder = await SentenceEncoder.load(values.model, { engine });
const int8 = values.int8 ? (await graphEncoder(encoder.model, 'int8', { engine })).encoder : undefined;
const tokenBudget = values.tokens === undefined ? undefined : Number(values.tokens);
let paddingFraction = 0;

const encodeAll = (by: SentenceEncoder): Promise<unknown> =>
  by.encode(texts, {
    tokenBudget,
    onProgress: (progress) => {
      ({ paddingFraction } = progress);
    },
  });

interface Round {
  readonly what: string;
  readonly sentencesPerSecond: number;
  readonly memoryMb: number;
  readonly othersShare: number;
}

async function ourRound(by: SentenceEncoder, format: string): Promise<Round> {
  await by.encode(texts.slice(0, 256));
  const others = new OtherProcesses();
  const milliseconds = await others.during(() => timed(() => encodeAll(by)));
  const sentencesPerSecond = Math.round((texts.length * 10_000) / milliseconds) / 10;
  return { what: `sentence-mtl, ${format}`, sentencesPerSecond, memoryMb: peakMemoryMb(), othersShare: others.share };
}

/** The same texts by the peer, from a folder that we have saved: its Python does not read every model that we do. */
async function peerRounds(folder: string): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (const dtype of [...PEER_FORMATS, ...(values.int8 ? ONNX_FORMATS : [])]) {
    const options = ['--model', folder, '--data', join(fixturesFolder, 'data'), '--dtype', dtype];
    const rows = ['--rows', values.rows, '--threads', `${engine.threads}`, '--datasets', ...DATASETS];
    const run = await runPeerScript<{ readonly sentences_per_s: number }>('encode.py', [...options, ...rows]);
    const what = `sentence-transformers ${run.versions['sentence-transformers']}, ${dtype}`;
    const { sentences_per_s: sentencesPerSecond, peak_rss_mb: memoryMb, others_share: othersShare } = run;
    rounds.push({ what, sentencesPerSecond, memoryMb, othersShare });
  }
  return rounds;
}

const rounds: Round[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  if (int8 !== undefined) rounds.push(await ourRound(int8, 'int8'));
  rounds.push(await ourRound(encoder, 'fp32'));
  if (!values.peer) continue;
  using scratch = new ScratchFolder();
  await encoder.save(scratch.path);
  rounds.push(...(await peerRounds(scratch.path)));
}
await int8?.dispose();
await encoder.dispose();

/** Sentences a second over the rounds of each, ours first. */
const speeds = [...new Set(rounds.map(({ what }) => what))].map((what) => {
  const own = rounds.filter((round) => round.what === what);
  return {
    what,
    ...spreadOf(own.map(({ sentencesPerSecond }) => sentencesPerSecond)),
    memoryMb: Math.max(...own.map(({ memoryMb }) => memoryMb)),
    othersShare: Math.max(...own.map(({ othersShare }) => othersShare)),
  };
});
const rows: ReportRow[] = speeds.map((speed) => ({
  ...speed,
  'ours against it': Math.round(((speeds[0]?.median ?? Number.NaN) / speed.median) * 100) / 100,
}));

const table: ReportRow[] = [];
for (const threads of values['no-table'] ? [] : [1, 2]) {
  const tableEngine = await onnxruntimeEngine({ threads });
  await using each = await SentenceEncoder.load(values.model, { engine: tableEngine });
  table.push(...(await encodeTable(each, threads)));
  await tableEngine.dispose();
}
if (!values.json && table.length > 0)
  console.log(`sentences a second, by batch size and length\n\n${formatTable(table)}\n`);
const figures = {
  model: values.model,
  texts: texts.length,
  datasets: DATASETS,
  paddingFraction,
  threads: engine.threads,
  speeds,
  table,
};
report('encode', describeMachine(), rows, figures, values.json);
await engine.dispose();
