// What is saved here is loaded by Python's sentence-transformers, where it is present, with the same embeddings.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification } from '@sentence-mtl/heads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { golden, goldenPlaces, goldenTexts, largestDifference } from './golden.test.support.ts';
import { readSentenceModel } from './read-sentence-model.ts';
import { SentenceEncoder } from './sentence-encoder.ts';
import { createTaskModel } from './tasks/task-model.ts';
import { writeTaskModel } from './tasks/write-task-model.ts';

const TOLERANCE = 1e-5;
const WITH_HEADS = 'models/bert';
/** Versions up to 5.1 strip texts, which newer ones and we do not. */
const texts = (goldenPlaces.length === 0 ? [] : goldenTexts()).map((text) => text.trim());
const python = process.env['SENTENCE_MTL_PYTHON'];

function versionOf(interpreter: string | undefined): string | undefined {
  if (interpreter === undefined) return undefined;
  try {
    const script = 'import sentence_transformers as s; print(s.__version__)';
    return execFileSync(interpreter, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** What is saved: every recorded model, and the one that is built in, whose int8 weights Python does not read. */
const sources = [...goldenPlaces, ['minilm', 'minilm'] as const];

const version = versionOf(python);
if (version === undefined) console.log('SKIPPED sentence-transformers: SENTENCE_MTL_PYTHON has none');

const SCRIPT = `
import json, sys
from sentence_transformers import SentenceTransformer
texts = json.loads(sys.stdin.read())
out = {}
for folder in sys.argv[1:]:
    model = SentenceTransformer(folder, device="cpu")
    out[folder] = {"length": model.max_seq_length, "modules": [type(m).__name__ for m in model],
                   "embeddings": model.encode(texts).tolist()}
print(json.dumps(out))
`;

interface Loaded {
  readonly length: number;
  readonly modules: readonly string[];
  readonly embeddings: readonly (readonly number[])[];
}

describe.skipIf(version === undefined || goldenPlaces.length === 0)(`sentence-transformers ${version ?? ''}`, () => {
  let target = '';
  let loaded: Readonly<Record<string, Loaded>> = {};

  beforeAll(async () => {
    target = mkdtempSync(join(tmpdir(), 'saved-'));
    const engine = await onnxruntimeEngine({ threads: 1 });
    for (const [name, folder] of sources) {
      await using encoder = await SentenceEncoder.load(folder, { engine });
      await encoder.save(join(target, name));
    }
    await engine.dispose();
    const intent = classification(['refund', 'cancel']);
    const withHeads = createTaskModel(await readSentenceModel(golden(WITH_HEADS)), { intent }, 42);
    await writeTaskModel(join(target, 'with heads'), withHeads);
    const folders = ['with heads', ...sources.map(([name]) => name)].map((name) => join(target, name));
    const output = execFileSync(python ?? '', ['-c', SCRIPT, ...folders], {
      encoding: 'utf8',
      input: JSON.stringify(texts),
      env: { ...process.env, HF_HUB_OFFLINE: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
    loaded = JSON.parse(output) as Record<string, Loaded>;
  }, 300_000);
  afterAll(() => rmSync(target, { recursive: true }));

  test('loads a model with heads as the encoder it is', () => {
    expect(loaded[join(target, 'with heads')]).toEqual(loaded[join(target, WITH_HEADS)]);
  });

  test.each(sources)('loads %s and gives the same embeddings', async (name, folder) => {
    const engine = await onnxruntimeEngine({ threads: 1 });
    await using encoder = await SentenceEncoder.load(folder, { engine });
    const ours = await encoder.encode(texts);
    const theirs = loaded[join(target, name)];
    const rows = theirs?.embeddings ?? [];
    expect(
      largestDifference(ours, { shape: [rows.length, rows[0]?.length ?? 0], data: rows.flat() }),
    ).toBeLessThanOrEqual(TOLERANCE);
    expect(theirs?.length).toBe(encoder.maximumLength);
    const { dense, normalize } = encoder.model.config;
    const rest = [...dense.map(() => 'Dense'), ...(normalize ? ['Normalize'] : [])];
    expect(theirs?.modules).toEqual(['Transformer', 'Pooling', ...rest]);
    await engine.dispose();
  });
});
