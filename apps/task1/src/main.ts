// pnpm task1 [SENTENCE …] [--model MODEL]: sentences in; for each its embedding, and for each pair how alike they are.
import { parseArgs } from 'node:util';
import { SentenceEncoder, SentenceMtlError, similarity } from 'sentence-mtl';

const SENTENCES = ['The parcel has not arrived yet.', 'My order is still on its way.', 'How do I reset my password?'];
const SHOWN = 5;

async function compare(model: string, sentences: readonly string[]): Promise<void> {
  const encoder = await SentenceEncoder.load(model);
  for (const { message } of encoder.notices) console.log(`${message}\n`);
  const embeddings = await encoder.encode(sentences, { normalize: true });
  const [, dimension] = embeddings.shape;
  for (const [row, sentence] of sentences.entries()) {
    const embedding = embeddings.data.subarray(row * dimension, (row + 1) * dimension);
    const first = [...embedding.subarray(0, SHOWN)].map((value) => value.toFixed(4)).join(', ');
    console.log(
      `${row + 1}  ${sentence}\n   ${dimension} values [${first}, …], norm ${Math.hypot(...embedding).toFixed(4)}`,
    );
  }
  console.log('\ncosine similarity');
  const { data } = similarity(embeddings, embeddings);
  for (let a = 0; a < sentences.length; a++) {
    for (let b = a + 1; b < sentences.length; b++) {
      console.log(`${a + 1} and ${b + 1}  ${data[a * sentences.length + b]?.toFixed(4)}`);
    }
  }
  await encoder.dispose();
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { model: { type: 'string', default: 'minilm' } },
  });
  await compare(values.model, positionals.length > 0 ? positionals : SENTENCES);
} catch (error) {
  if (!(error instanceof SentenceMtlError || error instanceof TypeError)) throw error;
  console.error(`task1: ${error.message}`);
  process.exitCode = 1;
}
