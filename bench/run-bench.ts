// pnpm bench NAME [options]: runs one of the programs below; each reads its own options, prints a table
// and as its last line one JSON object.

const PROGRAMS: Readonly<Record<string, string>> = {
  encode:
    'texts to embeddings: sentences a second, memory; --peer runs sentence-transformers in turn, --int8 the int8 graph too',
  int8: 'the int8 graph of an encoder beside float32: speed, size, closeness',
  predict: 'what ten heads cost beside one, and beside a model for each task',
  'cold-start': 'a fresh process to its first embedding; --peer runs sentence-transformers too',
  'train-epoch': 'fine-tuning on clinc150: rows a second, accuracy, memory; --peer runs PyTorch in turn',
  frozen: 'heads on a frozen encoder, and steps with k layers frozen; --peer runs PyTorch in turn',
  demo: 'accuracy of the demo over seeds; --peer trains the same rows with the same settings in PyTorch',
  memory: 'resident memory over 500 training steps of all shapes',
  step: 'one step of the trainer: forward, backward, clip and AdamW; --peer runs PyTorch in turn',
  matmul: 'the products of a training step by themselves',
  compile: 'making a training step ready: graph, gradient, lowering, session',
  export: 'a model of DistilBERT’s size as an ONNX graph: seconds, memory',
  baselines: 'what a model has to beat, learned and measured; --peer runs scikit-learn in turn',
  'check-data': 'megabytes of JSON Lines that check-data reads in a second of processor time, and its memory',
  evaluation: 'all metrics of 150 labels, and intervals by 1000 resamples',
  optimizer: 'an AdamW update of all parameters beside the bandwidth of memory',
};

function list(): string {
  return Object.entries(PROGRAMS)
    .map(([name, measures]) => `  pnpm bench ${name.padEnd(11)} ${measures}`)
    .join('\n');
}

/** Programs read their options from `process.argv`, so the name is taken out of it. */
const [name] = process.argv.splice(2, 1);

if (name === undefined || !Object.hasOwn(PROGRAMS, name)) {
  console.error(`${name === undefined ? 'A bench has a name' : `There is no bench "${name}"`}:\n${list()}`);
  process.exitCode = 1;
} else {
  try {
    await import(new URL(`${name}.js`, import.meta.url).href);
  } catch (error) {
    console.error(`bench ${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
