// The script in Python says what our engine says, of every kind of task and of head.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { MultiTaskModel, writeTaskModel } from '@sentence-mtl/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyTaskModel, TEXTS } from './every-task.test.support.ts';
import { findPython } from './find-python.test.support.ts';
import { largestGap } from './graph-run.test.support.ts';
import { PYTHON_SCRIPT } from './python-script.ts';
import { writePythonScript } from './write-python-script.ts';

const PAIRS = [
  ['good day', 'the weather is good'],
  ['no', 'no'],
] as const;
const TOLERANCE = 1e-5;
const SLOW = { timeout: 300_000 };

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

/** What the script prints of one of our predictions. */
function lineOf(value: unknown): string {
  const { label, labels = [label], scores, values, value: number } = value as Readonly<Record<string, never>>;
  const few = (items: readonly unknown[], most: number): string =>
    items.slice(0, most).join(', ') + (items.length > most ? ` and ${items.length - most} more` : '');
  if (ArrayBuffer.isView(value)) return few([...(value as Float32Array)], 5);
  if (scores === undefined) return values === undefined ? String(number) : few(values, 5);
  const best = Object.entries<number>(scores).toSorted(([, a], [, b]) => b - a);
  return `${few(labels, 5) || 'none'} (${few(
    best.map((scored) => scored.join(' ')),
    3,
  )})`;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;
const numbersIn = (line: string): readonly number[] => Array.from(line.matchAll(NUMBER), ([number]) => Number(number));
const wordsIn = (line: string): string => line.replaceAll(NUMBER, '#');

const python = findPython(['sentence_transformers', 'safetensors'], 'the script for Python');

describe.skipIf(python === undefined)('in Python', () => {
  const root = mkdtempSync(join(tmpdir(), 'python-script-'));
  const folder = join(root, 'model');
  let rows: readonly Readonly<Record<string, unknown>>[] = [];
  let pairs: readonly unknown[] = [];
  beforeAll(async () => {
    const data = await everyTaskModel();
    await writeTaskModel(folder, data);
    await writePythonScript(folder);
    const engine = await onnxruntimeEngine({ threads: 1 });
    const model = new MultiTaskModel(data, { engine });
    rows = (await model.predict(TEXTS, { embeddings: true })).map((row) => ({ ...row }));
    pairs = await model.predictPairs(PAIRS);
    await model.dispose();
    await engine.dispose();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const run = (...words: readonly string[]): string =>
    execFileSync(python ?? '', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HF_HUB_OFFLINE: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });

  test('predictions are those of our engine', SLOW, () => {
    writeFileSync(join(root, 'asked.json'), JSON.stringify({ texts: TEXTS, pairs: PAIRS }));
    const output = run('-c', RUN, folder, join(root, 'asked.json'));
    const actual = JSON.parse(output.slice(output.indexOf('RESULT') + 6)) as Record<'rows' | 'pairs', unknown[]>;
    for (const [part, expected] of Object.entries({ rows, pairs })) {
      const [found, wanted] = [leaves(actual[part as keyof typeof actual]), leaves(expected)];
      expect(wanted.numbers.length).toBeGreaterThan(3);
      expect(found.texts).toEqual(wanted.texts);
      expect(largestGap(found.numbers, wanted.numbers), part).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  test('the command prints, of many numbers and labels, the first and the best', SLOW, () => {
    const lines = run(join(folder, PYTHON_SCRIPT), ...TEXTS)
      .trimEnd()
      .split('\n');
    const expected = TEXTS.flatMap((text, row) => [
      text,
      ...['embedding', ...Object.keys(rows[row] ?? {}).filter((name) => name !== 'embedding')].map(
        (name) => `  ${name}: ${lineOf(rows[row]?.[name])}`,
      ),
    ]);
    expect(lines.map(wordsIn)).toEqual(expected.map(wordsIn));
    expect(lines[1]).toMatch(/^ {2}embedding: (?:\S+, ){4}\S+ and 11 more$/);
    // Shares are printed to three places.
    const gap = largestGap(lines.flatMap(numbersIn), expected.flatMap(numbersIn));
    expect(gap).toBeLessThanOrEqual(0.0005 + TOLERANCE);
  });

  test('what is no list of texts is told, and no text is no work', SLOW, () => {
    const script = 'import sys; sys.path.insert(0, sys.argv[1]); from sentence_mtl_model import Model; m = Model();';
    expect(run('-c', `${script} print(m.predict([]), m.predict_pairs([]))`, folder)).toBe('[] []\n');
    expect(() => run('-c', `${script} m.predict("good day")`, folder)).toThrow(
      /TypeError: texts is one text; a list of texts is needed/,
    );
    expect(() => run(join(folder, PYTHON_SCRIPT))).toThrow(/usage: python sentence_mtl_model.py TEXT/);
  });
});
