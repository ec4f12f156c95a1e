// A run that is cut off anywhere and gone on with leaves the same files, byte for byte, as one that was not.
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gradualUnfreezing } from '@sentence-mtl/freeze-strategies';
import type { Engine } from '@sentence-mtl/program';
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from './errors.ts';
import type { TrainOptions } from './loop/train-options.ts';
import { train } from './train.ts';
import { someExamples } from './tiny-run.test.support.ts';
import { copyNow, filesOf, temporaryFolder, tinyRun } from './train.test.support.ts';

/** Micro-batches, dropout, a layer that thaws in the middle of an epoch, and evaluations between the ends of epochs. */
async function richRun(changes: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  const { settings, ...others } = changes;
  return tinyRun({
    freezing: gradualUnfreezing({ when: { kind: 'step', at: [4, 10, 14] } }),
    tokenBudget: 64,
    settings: {
      dropout: 0.1,
      evaluateEvery: { steps: 5 },
      checkpointEvery: { steps: 3 },
      keepCheckpoints: 9,
      ...settings,
    },
    ...others,
  });
}

/** Aborts a run once so many steps are done. */
async function cutAfter(steps: number, options: TrainOptions): Promise<void> {
  const controller = new AbortController();
  const cut = await train({
    ...options,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind === 'step' && event.step === steps) controller.abort();
    },
  });
  expect([cut.reason, cut.step]).toEqual(['aborted', steps]);
}

/** The files of a run without those of checkpoints that only an abort wrote. */
async function lastingFiles(folder: string): Promise<Record<string, string>> {
  const files = await filesOf(folder);
  return Object.fromEntries(
    [...files].filter(([path]) => !path.startsWith('checkpoints/') || path.startsWith('checkpoints/step-000018/')),
  );
}

let whole: Record<string, string>;
beforeAll(async () => {
  const options = await richRun({ folder: await temporaryFolder() });
  await train(options);
  whole = await lastingFiles(options.folder);
});

describe('a run that is aborted', () => {
  // 4, 10 and 14 are thaws, 5 an evaluation, 6 the end of an epoch, 17 the last step but one.
  it.each([1, 3, 4, 5, 6, 10, 17])('after step %d goes on to the same bytes', async (steps) => {
    const options = await richRun();
    await cutAfter(steps, options);
    const { reason } = await train({ ...options, resume: 'last' });
    expect(reason).toBe('completed');
    expect(await lastingFiles(options.folder)).toEqual(whole);
  });

  it('again and again', async () => {
    const options = await richRun();
    await cutAfter(2, options);
    for (const steps of [7, 8, 13]) await cutAfter(steps, { ...options, resume: 'last' });
    await train({ ...options, resume: 'last' });
    expect(await lastingFiles(options.folder)).toEqual(whole);
  });
});

/** An engine that tells before each run of a program with some output. */
function engineTelling(engine: Engine, output: string, tell: () => void): Engine {
  return {
    ...engine,
    name: engine.name,
    compile: async (program, options) => {
      const executable = await engine.compile(program, options);
      if (!Object.hasOwn(program.outputs, output)) return executable;
      return {
        run: async (feeds, runOptions) => {
          tell();
          return executable.run(feeds, runOptions);
        },
        dispose: async () => executable.dispose(),
        [Symbol.asyncDispose]: async () => executable.dispose(),
      };
    },
  };
}

describe('a run that is aborted while a frozen part runs over its texts', () => {
  const stages = { freezing: gradualUnfreezing({ when: { kind: 'step', at: [4, 10, 14] } }) };

  it('loses no step', async () => {
    const options = await richRun(stages);
    const controller = new AbortController();
    let steps = 0;
    const engine = engineTelling(options.engine, 'prefix', () => {
      if (steps === 4) controller.abort();
    });
    const cut = await train({
      ...options,
      engine,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'step') steps = event.step;
      },
    });
    expect([cut.reason, cut.step]).toEqual(['aborted', 4]);
    expect((await train({ ...options, resume: 'last' })).reason).toBe('completed');
    expect(await lastingFiles(options.folder)).toEqual(whole);
  });
});

describe('a run that is killed', () => {
  it('goes on from its last checkpoint, whatever came after it', async () => {
    const options = await richRun();
    const copies: string[] = [];
    await train({
      ...options,
      onEvent: (event) => {
        if (event.kind !== 'step' && event.kind !== 'evaluated') return;
        if ([5, 8, 14].includes(event.step)) copies.push(copyNow(options.folder));
      },
    });
    expect(copies).toHaveLength(4);
    for (const folder of copies) {
      await writeFile(join(folder, 'checkpoints', '.step-000099.abc.tmp'), 'half of a checkpoint');
      await train({ ...options, folder, resume: 'last' });
      expect(await lastingFiles(folder)).toEqual(whole);
    }
  });
});

describe('a run that goes on from an earlier checkpoint', () => {
  it('can be cut off again, and goes on from where it was', async () => {
    const options = await richRun();
    await train(options);
    await cutAfter(8, { ...options, resume: { step: 6 } });
    await train({ ...options, resume: 'last' });
    expect(await lastingFiles(options.folder)).toEqual(whole);
  });
});

describe('a finished run', () => {
  it('has nothing left to do', async () => {
    const options = await richRun();
    await train(options);
    const before = await filesOf(options.folder);
    expect((await train({ ...options, resume: 'last' })).reason).toBe('completed');
    expect(await filesOf(options.folder)).toEqual(before);
  });
});

describe('a checkpoint is refused', () => {
  it('when a file of it is cut off or changed, and the one before is offered', async () => {
    const options = await richRun();
    await cutAfter(8, options);
    const last = join(options.folder, 'checkpoints', 'step-000008');
    await truncate(join(last, 'optimizer.safetensors'), 100);
    const refused = train({ ...options, resume: 'last' });
    await expect(refused).rejects.toThrow(CheckpointError);
    await expect(refused).rejects.toThrow(
      /step-000008: optimizer.safetensors has been changed or cut off; the checkpoint before it is that of step 6/,
    );
    await train({ ...options, resume: { step: 6 } });
    expect(await lastingFiles(options.folder)).toEqual(whole);
  });

  it('when it is of other data, settings, model or freezing, which are named', async () => {
    const options = await richRun();
    await cutAfter(4, options);
    const resumed = { ...options, resume: 'last' } as const;
    const others: readonly (readonly [Partial<TrainOptions>, string])[] = [
      [{ training: someExamples(48, 1) }, 'training data'],
      [{ validation: someExamples(20, 4) }, 'validation data'],
      [{ settings: { ...options.settings, learningRate: 2e-3 } }, 'settings'],
      [{ freezing: gradualUnfreezing({ when: { kind: 'step', at: [4, 11, 14] } }) }, 'freezing'],
      [{ steps: { length: { epochs: 3 }, batchSize: 9 } }, 'steps'],
    ];
    for (const [change, name] of others) {
      const refused = train({ ...resumed, ...change });
      await expect(refused).rejects.toThrow(CheckpointError);
      await expect(refused).rejects.toThrow(new RegExp(`is of another run: .*${name}.* in another folder$`));
    }
  });

  it('when there is none', async () => {
    await expect(train({ ...(await richRun()), resume: 'last' })).rejects.toThrow('has no checkpoint; it has none');
  });
});

it('a new run does not write over another', async () => {
  const options = await richRun();
  await cutAfter(4, options);
  await expect(train(options)).rejects.toThrow('holds a run of 4 steps; go on with it by resuming');
});
