// The script in Python says what our engine says, of every kind of task and of head.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  classification,
  embedding,
  multiLabel,
  pairClassification,
  pairSimilarity,
  regression,
  type RegressionTask,
} from '@sentence-mtl/heads';
import { createTaskModel, MultiTaskModel, readSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { expect, test } from 'vitest';
import { findPython } from './find-python.test.support.ts';
import { largestGap } from './graph-run.test.support.ts';
import { writePythonScript } from './write-python-script.ts';

const FIXTURE = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const TEXTS = ['good day', 'the weather is good today and tomorrow', 'no', ''];
const PAIRS = [
  ['good day', 'the weather is good'],
  ['no', 'no'],
] as const;
const TOLERANCE = 1e-5;

const everyPooling = ['cls', 'max', 'mean', 'mean_sqrt_len_tokens', 'weightedmean', 'lasttoken'] as const;
const tasks = {
  intent: classification(['refund', 'cancel', 'other'], { head: { hiddenSizes: [6, 5], activation: 'gelu' } }),
  scaled: classification(['a', 'b'], { head: { logitScale: 8, hiddenSizes: [4], activation: 'tanh' } }),
  tags: multiLabel(['urgent', 'angry', 'long'], {
    head: { input: { pooling: everyPooling } },
    thresholds: { angry: 0.2 },
  }),
  mood: {
    ...regression({ size: 2, head: { input: 'embedding', hiddenSizes: [7], activation: 'relu' }, standardize: true }),
    scale: { means: [10, -2], deviations: [4, 0.5] },
  } as RegressionTask<2>,
  size: regression(),
  alike: pairSimilarity({ range: [1, 5] }),
  follows: pairClassification(['yes', 'no'], {
    reads: { product: true },
    head: { input: { pooling: ['mean', 'max'] } },
  }),
  near: embedding(),
};

const RUN = `
import json, sys
sys.path.insert(0, sys.argv[1])
from sentence_mtl_model import Model
asked = json.load(open(sys.argv[2]))
model = Model(sys.argv[1])
rows = [{**row, "embedding": row["embedding"].tolist()} for row in model.predict(asked["texts"])]
print("RESULT" + json.dumps({"rows": rows, "pairs": model.predict_pairs(asked["pairs"])}))
`;

/** All numbers in a value, and all texts, each in their order. */
function leaves(value: unknown): { readonly numbers: readonly number[]; readonly texts: readonly string[] } {
  if (typeof value === 'number') return { numbers: [value], texts: [] };
  if (typeof value === 'string') return { numbers: [], texts: [value] };
  const parts = ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value;
  if (typeof parts !== 'object' || parts === null) return { numbers: [], texts: [] };
  const inOrder = Array.isArray(parts)
    ? parts
    : Object.keys(parts)
        .toSorted()
        .map((key) => (parts as Record<string, unknown>)[key]);
  const all = inOrder.map(leaves);
  return { numbers: all.flatMap(({ numbers }) => numbers), texts: all.flatMap(({ texts }) => texts) };
}

const python = findPython(['sentence_transformers', 'safetensors'], 'the script for Python');

test.skipIf(python === undefined)(
  'predictions in Python are those of our engine',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'python-script-'));
    const folder = join(root, 'model');
    const data = createTaskModel(await readSentenceModel(FIXTURE), tasks, 7);
    await writeTaskModel(folder, data);
    await writePythonScript(folder);
    writeFileSync(join(root, 'asked.json'), JSON.stringify({ texts: TEXTS, pairs: PAIRS }));
    const output = execFileSync(python ?? '', ['-c', RUN, folder, join(root, 'asked.json')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, HF_HUB_OFFLINE: '1' },
    });
    rmSync(root, { recursive: true });
    const actual = JSON.parse(output.slice(output.indexOf('RESULT') + 6)) as Record<'rows' | 'pairs', unknown[]>;
    const engine = await onnxruntimeEngine({ threads: 1 });
    const model = new MultiTaskModel(data, { engine });
    const expected = { rows: await model.predict(TEXTS, { embeddings: true }), pairs: await model.predictPairs(PAIRS) };
    await model.dispose();
    await engine.dispose();
    for (const part of ['rows', 'pairs'] as const) {
      const [found, wanted] = [leaves(actual[part]), leaves(expected[part])];
      expect(wanted.numbers.length).toBeGreaterThan(3);
      expect(found.texts).toEqual(wanted.texts);
      expect(largestGap(found.numbers, wanted.numbers), part).toBeLessThanOrEqual(TOLERANCE);
    }
  },
  300_000,
);
