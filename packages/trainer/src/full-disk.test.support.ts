// The process that full-disk.test.ts starts: a run in the folder given, begun or gone on with, and ended after some steps.
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { tinyOptions } from './tiny-run.test.support.ts';
import { train } from './train.ts';

const [folder = '', begin, lastStep] = process.argv.slice(2);
const engine = await onnxruntimeEngine({ threads: 1 });
try {
  const settings = { checkpointEvery: { steps: 2 }, keepCheckpoints: 3 } as const;
  const ended = new AbortController();
  const options = await tinyOptions(engine, folder, {
    settings,
    signal: ended.signal,
    onEvent: (event) => {
      if (event.kind === 'step' && event.step === Number(lastStep)) ended.abort();
    },
    ...(begin === 'resume' && { resume: 'last' }),
  });
  const { reason, step } = await train(options);
  process.stdout.write(`${reason} ${step}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
await engine.dispose();
