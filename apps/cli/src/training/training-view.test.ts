import type { TrainingEvent } from '@sentence-mtl/trainer';
import { expect, test } from 'vitest';
import { showProgress } from '../command-line/progress-display.ts';
import { StatusLine } from '../command-line/status-line.ts';
import { MemoryOutput } from '../command-line/surroundings.test.support.ts';
import { TrainingView } from './training-view.ts';

type Step = Extract<TrainingEvent, { readonly kind: 'step' }>;

const started: TrainingEvent = {
  kind: 'started',
  steps: 40,
  epochs: 2,
  fromStep: 0,
  examples: 640,
  freezing: { stages: [] } as never,
};
const stepOf = (step: number, intent: number): Step => ({
  kind: 'step',
  step,
  epoch: step > 20 ? 1 : 0,
  loss: intent,
  taskLosses: { intent },
  lossWeights: { intent: 1 },
  gradientNorm: 1,
  rateFactor: 1,
  rows: 32,
  tokens: 400,
  seconds: 0.5,
});
const evaluated = {
  kind: 'evaluated',
  step: 20,
  epoch: 0,
  tasks: { intent: { primary: 'accuracy', metrics: { accuracy: { value: 0.9 } } } },
  losses: { intent: 0.25 },
  aggregate: 0.9,
  isBest: true,
  seconds: 1,
  savingSeconds: 0.5,
} as unknown as TrainingEvent;

/** What is written in a run of a step every half second. */
async function shown(isTerminal: boolean): Promise<string> {
  const output = new MemoryOutput(isTerminal);
  const line = new StatusLine(output);
  let time = 0;
  const view = new TrainingView({
    note: async (text) => line.note(text),
    progress: (options) => showProgress(options, { line, isTerminal, now: () => time }),
  });
  view.show(started);
  for (let step = 1; step <= 40; step++) {
    time += 500;
    view.show(stepOf(step, 1));
    if (step === 20) view.show(evaluated);
  }
  view.end();
  await Promise.resolve();
  return output.text;
}

test('on a terminal one line moves, and evaluations stay above it', async () => {
  const text = await shown(true);
  expect(text).toContain(
    '\r\u001b[Ktraining  21 of 40 steps (52 %)  2.0/s  10 s left  epoch 2 of 2  loss: intent 1.000  64 rows/s',
  );
  expect(text).toContain(
    '\r\u001b[Kafter epoch 1, step 20: validation intent accuracy 0.900; loss intent 0.250, the best so far\n',
  );
  expect(text.endsWith('\r\u001b[K')).toBe(true);
});

test('in a log there is a plain line every ten seconds', async () => {
  expect((await shown(false)).split('\n')).toEqual([
    'training: 40 steps, 2 epochs of 640 rows',
    'after epoch 1, step 20: validation intent accuracy 0.900; loss intent 0.250, the best so far',
    'training  21 of 40 steps (52 %)  2.0/s  10 s left  epoch 2 of 2  loss: intent 1.000  64 rows/s',
    '',
  ]);
});
