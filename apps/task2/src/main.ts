// pnpm task2 [SENTENCE …] [--model FOLDER]: one encoder, two heads. Task A says what a sentence is about, task B how it
// sounds; both from one pass, with the sentence's embedding. Without a model the heads are fresh, and it says so.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification, defineTasks } from '@sentence-mtl/heads';
import { createTaskModel, loadSentenceModel, MultiTaskModel as Model } from '@sentence-mtl/model';
import { MultiTaskModel, SentenceMtlError } from 'sentence-mtl';

const SENTENCES = [
  'The parcel has not arrived yet.',
  'I was charged twice for the same order.',
  'How do I reset my password?',
  'Thank you, the support was quick and kind.',
  'The app crashes whenever I open it.',
];
const TASKS = defineTasks({
  topic: classification(['delivery', 'billing', 'account', 'praise', 'fault']),
  sentiment: classification(['negative', 'neutral', 'positive']),
});
const SEED = 42;
const SHOWN = 5;

async function untrained(): Promise<MultiTaskModel> {
  console.log('The two heads are untrained: their labels are guesses. Train them, then give --model FOLDER.\n');
  const model = createTaskModel(await loadSentenceModel('minilm'), TASKS, SEED);
  return new Model(model, { engine: await onnxruntimeEngine() });
}

async function predict(folder: string | undefined, sentences: readonly string[]): Promise<void> {
  const model = folder === undefined ? await untrained() : await MultiTaskModel.load(folder);
  const rows = await model.predict(sentences, { embeddings: true });
  for (const [row, { embedding, ...tasks }] of rows.entries()) {
    console.log(`${row + 1}  ${sentences[row]}`);
    for (const [task, prediction] of Object.entries(tasks)) {
      if ('label' in prediction)
        console.log(`   ${task.padEnd(10)} ${prediction.label} (${prediction.confidence.toFixed(2)})`);
    }
    const first = [...embedding.subarray(0, SHOWN)].map((value) => value.toFixed(4)).join(', ');
    console.log(`   embedding  [${first}, …] of ${embedding.length} values`);
  }
  await model.dispose();
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { model: { type: 'string' } } });
  await predict(values.model, positionals.length > 0 ? positionals : SENTENCES);
} catch (error) {
  if (!(error instanceof SentenceMtlError || error instanceof TypeError)) throw error;
  console.error(`task2: ${error.message}`);
  process.exitCode = 1;
}
