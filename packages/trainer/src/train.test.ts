import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freezeLayersBelow } from '@sentence-mtl/freeze-strategies';
import type { Engine } from '@sentence-mtl/program';
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

  it('times what is kept, evaluated and written, each without the programs that are made before', async () => {
    const events: TrainingEvent[] = [];
    const options = await tinyRun({ freezing: freezeLayersBelow(1), onEvent: (event) => events.push(event) });
    let compiled = 0;
    const { engine } = options;
    const slow: Engine = {
      ...engine,
      name: engine.name,
      compile: async (...given) => {
        compiled += 1;
        return engine.compile(...given);
      },
    };
    let looks = 0;
    // A program takes 1000 s, each look at the clock a millisecond.
    await train({ ...options, engine: slow, clock: () => 1e6 * compiled + looks++ });
    expect(compiled).toBeGreaterThan(1);
    const timed = events.flatMap((event) => ('seconds' in event ? [event] : []));
    expect(new Set(timed.map(({ kind }) => kind))).toEqual(
      new Set(['prefixCached', 'step', 'evaluated', 'checkpoint']),
    );
    for (const { seconds } of timed) {
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(1);
    }
    const savings = events.flatMap((event) => (event.kind === 'evaluated' ? [event] : []));
    for (const { isBest, savingSeconds } of savings) expect(savingSeconds > 0).toBe(isBest);
    expect(savings.some(({ isBest }) => isBest)).toBe(true);
  });

  it('gives the same files with the same settings', async () => {
    const [first, second] = [await tinyRun(), await tinyRun()];
    await train(first);
    await train(second);
    expect(await filesOf(first.folder)).toEqual(await filesOf(second.folder));
  });
});
