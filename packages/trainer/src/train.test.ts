import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainingEvent } from './events.ts';
import { train } from './train.ts';
import { filesOf, tinyRun } from './train.test.support.ts';

describe('train', () => {
  it('lowers the losses, keeps the best model, and leaves a run folder', async () => {
    const events: TrainingEvent[] = [];
    const options = await tinyRun({ onEvent: (event) => events.push(event) });
    const { reason, step, best, history } = await train(options);
    expect([reason, step, history.length]).toEqual(['completed', 18, 3]);
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(losses).toHaveLength(18);
    expect(losses.slice(-6).reduce((a, b) => a + b)).toBeLessThan(losses.slice(0, 6).reduce((a, b) => a + b));
    expect(best?.value).toBeGreaterThan(0);
    expect([...(await filesOf(options.folder)).keys()]).toEqual(
      expect.arrayContaining([
        'checkpoints/step-000018/state.json',
        'config.json',
        'metrics.jsonl',
        'model/modules.json',
      ]),
    );
    const lines = (await readFile(join(options.folder, 'metrics.jsonl'), 'utf8')).trim().split('\n');
    expect(
      lines.map((line) => (JSON.parse(line) as { kind: string }).kind).filter((kind) => kind === 'evaluation'),
    ).toHaveLength(3);
  });

  it('gives the same files with the same settings', async () => {
    const [first, second] = [await tinyRun(), await tinyRun()];
    await train(first);
    await train(second);
    expect(await filesOf(first.folder)).toEqual(await filesOf(second.folder));
  });
});
