// transformers.js with nothing from the network but this server: /transformers.html?model=FOLDER&options=JSON
import { AutoModel, AutoTokenizer, env, pipeline } from '/transformers.mjs';

const query = new URLSearchParams(location.search);
const [model, options] = [query.get('model'), JSON.parse(query.get('options'))];
const texts = await (await fetch('/texts.json')).json();

env.allowLocalModels = true;
env.allowRemoteModels = false;
env.localModelPath = '/';
env.useBrowserCache = false;
env.backends.onnx.wasm.wasmPaths = '/wasm/';
env.backends.onnx.wasm.numThreads = 1;

const numbers = ({ dims, data }) => ({ dims, data: Array.from(data, Number) });

const extract = await pipeline('feature-extraction', model, options);
const embeddings = numbers(await extract(texts, { pooling: 'mean', normalize: true }));
const [tokenizer, network] = [
  await AutoTokenizer.from_pretrained(model),
  await AutoModel.from_pretrained(model, options),
];
const { last_hidden_state: _, ...tensors } = await network(tokenizer(texts, { padding: true, truncation: true }));
const outputs = Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, numbers(tensor)]));
const classify = await pipeline('text-classification', `${model}-intent`, options);
const labels = await classify(texts);
document.querySelector('pre').append(JSON.stringify(labels, undefined, 2));
globalThis.result = { embeddings, outputs, labels };
