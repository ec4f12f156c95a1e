import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classification } from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { expect, test } from 'vitest';
import { MultiTaskModel } from './multi-task-model.ts';
import { TINY_MODEL } from './run-built-program.test.support.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

test('a model is loaded without naming an engine, and its encoder is the one that was saved with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'multi-task-'));
  try {
    const tasks = { intent: classification(['refund', 'cancel']) };
    await writeTaskModel(join(folder, 'model'), createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 1));
    const model = await MultiTaskModel.load(join(folder, 'model'), { tasks });
    const [prediction] = await model.predict(['I want my money back'], { embeddings: true });
    await model.dispose();
    expect(['refund', 'cancel']).toContain(prediction?.intent.label);
    const encoder = await SentenceEncoder.load(TINY_MODEL);
    const { data } = await encoder.encode(['I want my money back']);
    await encoder.dispose();
    expect(prediction?.embedding).toEqual(data);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
