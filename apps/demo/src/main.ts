// pnpm demo: one command trains and measures a model on examples/clinc150, a few lines use it.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SentenceMtlError } from 'sentence-mtl';
import { nextCommands } from './next-commands.ts';
import { predictionTable } from './prediction-table.ts';
import { runSentenceMtl } from './run-sentence-mtl.ts';
import { trainingWords } from './training-words.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RUN = 'runs/demo';
/** The last is about nothing that any intent is for. */
const TEXTS = [
  'can you move 200 dollars from savings to checking',
  'how do i say thank you in japanese',
  'remind me to call my mother at six',
  'what does my car insurance cover',
  'which bird lays the largest egg',
];

/** A command line to copy; only a text has spaces in it. */
function line(words: readonly string[]): string {
  const quoted = words.map((word) => (word.includes(' ') ? `"${word}"` : word));
  return `  npx -y pnpm@12 sentence-mtl ${quoted.join(' ')}`;
}

function closing(model: string, text: string): string {
  return `
Ask it, measure it on any file, look inside:

${nextCommands(model, text).map(line).join('\n')}

Use it:

  import { MultiTaskModel } from 'sentence-mtl';

  const model = await MultiTaskModel.load('${model}');
  const [{ intent, domain }] = await model.predict(['${text}']);

The run is in ${RUN}: the model, all settings (train.json), metrics.jsonl, results.json and checkpoints. Its report, with
pictures and what is most wrong, is one file to open in a browser:

  ${ROOT}${RUN}/report.html`;
}

async function main(): Promise<number> {
  await rm(`${ROOT}/${RUN}`, { recursive: true, force: true });
  const words = trainingWords(RUN);
  console.log(`$ sentence-mtl ${words.join(' ')}\n`);
  const exitCode = await runSentenceMtl(words, ROOT);
  if (exitCode !== 0) return exitCode;
  console.log(`\nFive texts that it has not seen, the last of none of its intents:\n`);
  console.log(await predictionTable(`${ROOT}/${RUN}/model`, TEXTS));
  console.log(closing(`${RUN}/model`, TEXTS[0] ?? ''));
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SentenceMtlError)) throw error;
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
}
