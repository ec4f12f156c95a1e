import { describe, expect, it } from 'vitest';
import { reference } from '../tested-engine.ts';
import { changeRows, runLoss, type LossBatch } from './loss-batch.ts';
import type { LossCase } from './loss-case.ts';
import { recordedLosses, type NestedNumbers } from './loss-fixture.ts';
import { lossCaseNamed } from './loss-cases.ts';

const isEmbedding = (name: string): boolean => /^(e\d|x|y|logits|student)$/.test(name);
const first = (batch: LossBatch): NestedNumbers => Object.values(batch)[0] ?? [];

const degenerate: Readonly<Record<string, (lossCase: LossCase, batch: LossBatch) => LossBatch>> = {
  'a batch of one row': (lossCase, batch) => changeRows(lossCase, batch, (rows) => rows.slice(0, 1)),
  'a batch of equal rows': (lossCase, batch) =>
    changeRows(lossCase, batch, (rows, name) => (isEmbedding(name) ? rows.map(() => rows[0] ?? 0) : rows)),
  'embeddings of zeros': (lossCase, batch) =>
    changeRows(lossCase, batch, (rows, name) =>
      isEmbedding(name) ? rows.map((row) => (Array.isArray(row) ? row.map(() => 0) : 0)) : rows,
    ),
  'columns that equal each other': (_lossCase, batch) =>
    Object.fromEntries(
      Object.entries(batch).map(([name, rows]) => [name, /^e\d$|^y$/.test(name) ? first(batch) : rows]),
    ),
};

describe.each(Object.keys(degenerate))('%s', (title) => {
  it.each(recordedLosses())('leaves $name and its gradients finite', async ({ name, inputs, constants }) => {
    const lossCase = lossCaseNamed(name);
    const batch = degenerate[title]?.(lossCase, { ...inputs, ...constants }) ?? {};
    const outputs = await runLoss(reference, lossCase, batch, { differentiated: Object.keys(inputs) });
    const infinite = Object.entries(outputs).filter(([, data]) => !Array.from(data).every(Number.isFinite));
    expect(infinite).toEqual([]);
  });
});
