// Asks a version of transformers.js, as a program of its user would: node ask-transformers.mjs FOLDER LIBRARY < questions.json
// It is a process of its own, as two versions of ONNX Runtime in one process take each other's native library.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [folder, library] = process.argv.slice(2);
const installed = createRequire(new URL(`${folder}/package.json`, import.meta.url)).resolve(library);
const { AutoModel, AutoTokenizer, env, pipeline } = await import(pathToFileURL(installed).href);
const { root, questions } = JSON.parse(await text(process.stdin));

env.localModelPath = root;
env.allowRemoteModels = false;

const numbers = ({ dims, data }) => ({ dims, data: Array.from(data, Number) });

const ANSWERS = {
  async embeddings({ model, options, texts }) {
    const extract = await pipeline('feature-extraction', model, options);
    return numbers(await extract(texts, { pooling: 'mean', normalize: true }));
  },
  async outputs({ model, options, texts }) {
    const tokenizer = await AutoTokenizer.from_pretrained(model);
    const network = await AutoModel.from_pretrained(model, options);
    const { input_ids, ...others } = tokenizer(texts, { padding: true, truncation: true });
    const outputs = await network({ input_ids, ...others });
    const tensors = Object.entries({ input_ids, ...outputs });
    return Object.fromEntries(tensors.map(([name, tensor]) => [name, numbers(tensor)]));
  },
  async labels({ model, options, texts, all }) {
    const classify = await pipeline('text-classification', model, options);
    return classify(texts, all);
  },
};

const answers = [];
for (const question of questions) {
  answers.push(await ANSWERS[question.kind](question).catch((error) => ({ error: String(error.stack) })));
}
process.stdout.write(JSON.stringify(answers));
