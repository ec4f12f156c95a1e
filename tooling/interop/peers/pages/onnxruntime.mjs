// A page of its own, without transformers.js: /onnxruntime.html?model=FOLDER&graph=model.onnx
import { Tokenizer } from '@huggingface/tokenizers';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';

const query = new URLSearchParams(location.search);
const [model, graph] = [query.get('model'), query.get('graph')];
const json = async (path) => (await fetch(path)).json();

env.wasm.wasmPaths = '/onnxruntime-web/';
env.wasm.numThreads = 1;

const files = await Promise.all(['tokenizer.json', 'tokenizer_config.json'].map((file) => json(`/${model}/${file}`)));
const tokenizer = new Tokenizer(...files);
const session = await InferenceSession.create(`/${model}/onnx/${graph}`);
const { tasks } = await json(`/${model}/sentence_mtl.json`);
const heads = await Promise.all(tasks.map((task) => json(`/${model}/heads/${task}/config.json`)));

async function run(text) {
  const { ids } = tokenizer.encode(text);
  const int64 = (valueOf) => new Tensor('int64', BigInt64Array.from(ids, valueOf), [1, ids.length]);
  const feeds = { input_ids: int64(BigInt), attention_mask: int64(() => 1n), token_type_ids: int64(() => 0n) };
  const given = session.inputNames.map((name) => [name, feeds[name]]);
  return session.run(Object.fromEntries(given));
}

function labelOf(task, { data }) {
  return heads[tasks.indexOf(task)].labels[data.indexOf(Math.max(...data))];
}

const rows = [];
for (const text of await json('/texts.json')) {
  const outputs = await run(text);
  const labels = Object.fromEntries(['intent', 'mood'].map((task) => [task, labelOf(task, outputs[`logits_${task}`])]));
  const entries = Object.entries(outputs).filter(([name]) => name !== 'last_hidden_state');
  rows.push({ labels, outputs: Object.fromEntries(entries.map(([name, { data }]) => [name, Array.from(data)])) });
  const start = Array.from(outputs.sentence_embedding.data.slice(0, 5)).join(' ');
  document.querySelector('pre').append(`${text}: ${JSON.stringify(labels)}, ${start} …\n`);
}
globalThis.result = rows;
