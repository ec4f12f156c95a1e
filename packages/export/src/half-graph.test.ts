import { classification, multiLabel, regression } from '@sentence-mtl/heads';
import { createTaskModel, loadSentenceModel, readSentenceModel, type SentenceModel } from '@sentence-mtl/model';
import { writeModel } from '@sentence-mtl/onnx';
import { expect, test } from 'vitest';
import { exportGraph } from './export-graph.ts';
import { goldenPlaces, goldenTexts } from './golden.test.support.ts';
import { feedsOf, largestGap, runGraph, type Feeds } from './graph-run.test.support.ts';
import { halfGraph } from './half-graph.ts';

const TOLERANCE = 2e-3;
const TEXTS = [
  'Refunds take five days.',
  '',
  'Wo ist mein Paket? 📦',
  'the app crashes when I open the second page of it',
];
const tasks = {
  intent: classification(['refund', 'cancel', 'other'], { head: { hiddenSizes: [16] } }),
  tags: multiLabel(['urgent', 'angry'], { head: { input: { pooling: ['cls', 'max'] } } }),
  size: regression({ head: { input: 'embedding' } }),
};

/** The values of an output at what is no padding. */
function valuesOf(name: string, { shape, data }: { shape: readonly number[]; data: ArrayLike<number> }, feeds: Feeds) {
  const mask = feeds['attention_mask']?.flat() ?? [];
  const width = name === 'last_hidden_state' ? (shape[2] ?? 1) : 1;
  return Array.from(data, (value, at) =>
    name === 'last_hidden_state' && mask[Math.floor(at / width)] === 0 ? 0 : value,
  );
}

/** The largest gap of each output between the graph and the same in half precision, and its largest value. */
async function gapsOf(
  model: SentenceModel,
  texts: readonly string[],
): Promise<readonly (readonly [string, number, number])[]> {
  const { model: graph } = exportGraph(model);
  const feeds = feedsOf(model.config, texts);
  const [[expected = {}], [actual = {}]] = [await runGraph(graph, [feeds]), await runGraph(halfGraph(graph), [feeds])];
  return Object.entries(expected).map(([name, tensor]) => {
    const [before, after] = [tensor, actual[name] ?? expect.unreachable(name)].map((each) =>
      valuesOf(name, each, feeds),
    );
    const largest = (before ?? []).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return [name, largestGap(before ?? [], after ?? []), largest];
  });
}

test('minilm in half precision gives the same embeddings, tokens and tasks to 2e-3, in half the space', async () => {
  const model = createTaskModel(await loadSentenceModel('minilm'), tasks, 7);
  const gaps = await gapsOf(model, TEXTS);
  expect(gaps.map(([name]) => name)).toContain('logits_intent');
  for (const [name, gap] of gaps) expect(gap, name).toBeLessThanOrEqual(TOLERANCE);
  expect(Math.max(...gaps.map(([, gap]) => gap))).toBeGreaterThan(1e-6);
  const { model: graph } = exportGraph(model);
  const [before, after] = [writeModel(graph).length, writeModel(halfGraph(graph)).length];
  expect(after / before).toBeLessThan(0.51);
});

// Random weights, whose outputs are not normalised: the gap counts by the largest value.
test.each(goldenPlaces)('%s in half precision gives the same to 2e-3 of its largest value', async (_name, folder) => {
  for (const [name, gap, largest] of await gapsOf(await readSentenceModel(folder), goldenTexts())) {
    expect(gap / largest, name).toBeLessThanOrEqual(TOLERANCE);
  }
});
