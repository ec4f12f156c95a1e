// What a model has to beat on a data set: each baseline learned on the training texts and measured on the test texts, with
// the milliseconds it takes; --embeddings adds logistic regression on those of a model, --peer runs scikit-learn in turn.
import { parseArgs } from 'node:util';
import {
  embeddingBaseline,
  majorityBaseline,
  textFeatures,
  tfidfBaseline,
  type EmbeddingFeatures,
} from '@sentence-mtl/baselines';
import { Random } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { evaluateTask, taskInterval, type TaskOutputs } from '@sentence-mtl/evaluation';
import { SentenceEncoder } from '@sentence-mtl/model';
import { classificationDataset, usualModel, type DatasetTask } from './bench-fixtures.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { runPeerEmbeddings, runPeerTfidf, type PeerBaseline } from './peer-baselines.ts';
import { report, type ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const TERMS = ['words', 'characters', 'both'] as const;

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', default: 'clinc150' },
    terms: { type: 'string', default: 'words' },
    embeddings: { type: 'boolean', default: false },
    model: { type: 'string', default: usualModel },
    rounds: { type: 'string', default: '3' },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const terms = TERMS.find((one) => one === values.terms);
if (terms === undefined) throw new Error(`--terms ${values.terms} is not one of ${TERMS.join(', ')}`);
const { train, test, tasks } = classificationDataset(values.dataset);
const random = Random.of(42);
const others = new OtherProcesses();

/** What was measured of a baseline on a task, ours and theirs. */
interface Measured {
  readonly ms: number[];
  readonly peers: { readonly ms: number; readonly accuracy: number; readonly othersShare: number }[];
  outputs?: TaskOutputs;
}

const measured = new Map<string, Measured>();

function measuredOf(baseline: string, task: string): Measured {
  const key = `${task}\t${baseline}`;
  const found = measured.get(key) ?? { ms: [], peers: [] };
  measured.set(key, found);
  return found;
}

/** Runs a baseline on every task; what all tasks share counts to each. */
async function measure(baseline: string, shared: number, predict: (task: DatasetTask) => TaskOutputs): Promise<void> {
  for (const task of tasks) {
    const into = measuredOf(baseline, task.name);
    into.ms.push(shared + (await others.during(() => timed(() => (into.outputs = predict(task))))));
  }
}

function addPeer(baseline: string, { vectorizeMs, fitMs, accuracy, othersShare }: PeerBaseline): void {
  for (const { name } of tasks) {
    const ms = vectorizeMs + (fitMs[name] ?? NaN);
    measuredOf(baseline, name).peers.push({ ms, accuracy: accuracy[name] ?? NaN, othersShare });
  }
}

/** Embeddings of all texts by the model; making them is not measured here. */
async function embed(): Promise<EmbeddingFeatures> {
  const engine = await onnxruntimeEngine();
  const encoder = await SentenceEncoder.load(values.model, { engine });
  const of = async (texts: readonly string[]): Promise<EmbeddingFeatures['train']> => {
    const { data, shape } = await encoder.encode(texts, { normalize: true });
    return { values: Float32Array.from(data), columnCount: shape[1] };
  };
  const features = { train: await of(train), test: await of(test) };
  await encoder.dispose();
  await engine.dispose();
  return features;
}

const embeddings = values.embeddings ? await embed() : undefined;
for (let round = 0; round < Number(values.rounds); round++) {
  if (values.peer) addPeer('tfidf', await runPeerTfidf(values.dataset, terms));
  if (values.peer && embeddings !== undefined)
    addPeer('embeddings', await runPeerEmbeddings(values.dataset, embeddings));
  await measure('majority', 0, (task) => majorityBaseline({ kind: 'classification', ...task }));
  let features = textFeatures([], []);
  const vectorizing = await others.during(() => timed(() => (features = textFeatures(train, test, { terms }))));
  await measure('tfidf', vectorizing, (task) =>
    tfidfBaseline({ kind: 'classification', ...task }, features, { random }),
  );
  if (embeddings !== undefined) {
    await measure('embeddings', 0, (task) => embeddingBaseline({ kind: 'classification', ...task }, embeddings));
  }
}

const percent = (share: number | undefined): number => Math.round((share ?? NaN) * 1000) / 10;

const rows = [...measured].flatMap(([key, { ms, peers, outputs }]): ReportRow[] => {
  if (outputs === undefined) return [];
  const [task = '', baseline = ''] = key.split('\t');
  const { low, high } = taskInterval(outputs, 'accuracy', { random });
  const [peer] = peers;
  return [
    {
      task,
      baseline,
      accuracy: percent(evaluateTask(outputs).metrics.accuracy?.value),
      low: percent(low),
      high: percent(high),
      ms: spreadOf(ms).median,
      'peer accuracy': peer === undefined ? '' : percent(peer.accuracy),
      'peer ms': peer === undefined ? '' : spreadOf(peers.map((run) => run.ms)).median,
    },
  ];
});
const peerShares = [...measured.values()].flatMap(({ peers }) => peers.map(({ othersShare }) => othersShare));
const figures = {
  dataset: values.dataset,
  terms,
  model: values.embeddings ? values.model : undefined,
  baselines: rows,
  othersShare: others.share,
  peerOthersShare: peerShares.length === 0 ? undefined : Math.max(...peerShares),
};
report('baselines', describeMachine(), rows, figures, values.json);
