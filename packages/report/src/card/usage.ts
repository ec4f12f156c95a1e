import type { RunRecord } from '../run/run-record.ts';

const fence = (language: string, lines: readonly string[]): string => ['```' + language, ...lines, '```'].join('\n');

/** A first task that reads one text, by the name that it is predicted under. */
function textTask({ config }: RunRecord): readonly [string, string] | undefined {
  return Object.entries(config.tasks)
    .map(([name, { kind }]) => [name, kind] as const)
    .find(([, kind]) => kind === 'classification' || kind === 'multi-label' || kind === 'regression');
}

function typescript(run: RunRecord): string {
  const task = textTask(run);
  const call =
    task === undefined
      ? [`const [predictions] = await model.predictPairs([['a text', 'another text']]);`]
      : [`const [predictions] = await model.predict(['a text']);`];
  return fence('ts', [
    `import { MultiTaskModel } from 'sentence-mtl';`,
    '',
    `const model = await MultiTaskModel.load('path/to/this/folder');`,
    ...call,
    'console.log(predictions);',
  ]);
}

function commandLine(run: RunRecord): string {
  const texts = textTask(run) === undefined ? '"a text" "another text"' : '"a text"';
  return fence('sh', [`npx sentence-mtl predict --model path/to/this/folder ${texts}`]);
}

/** The head of a task by NumPy: only where it is one product with the normalised embedding, which is the default. */
function pythonHead({ config }: RunRecord): readonly string[] {
  const entry = Object.entries(config.tasks).find(
    ([, { kind, head }]) =>
      kind === 'classification' &&
      head?.input === 'normalized' &&
      head.logitScale === null &&
      head.hiddenSizes.length === 0,
  );
  if (entry === undefined) return [];
  return [
    '',
    `head = f"{folder}/heads/" + ${JSON.stringify(entry[0])}`,
    'weights = load_file(f"{head}/model.safetensors")',
    'with open(f"{head}/config.json", encoding="utf-8") as file:',
    '    labels = json.load(file)["labels"]',
    'logits = embeddings @ weights["output.weight"].T + weights["output.bias"]',
    'print([labels[row.argmax()] for row in logits])',
  ];
}

function python(run: RunRecord): string {
  const head = pythonHead(run);
  return fence('python', [
    ...(head.length > 0 ? ['import json', ''] : []),
    ...(head.length > 0 ? ['from safetensors.numpy import load_file'] : []),
    'from sentence_transformers import SentenceTransformer',
    '',
    'folder = "path/to/this/folder"',
    'encoder = SentenceTransformer(folder)',
    'embeddings = encoder.encode(["a text"], normalize_embeddings=True)',
    ...head,
  ]);
}

/** How to use a model, from a shell, TypeScript and Python. */
export function usage(run: RunRecord): string {
  const heads =
    pythonHead(run).length > 0
      ? 'A head of classes is one product of matrices, by NumPy:'
      : 'The heads are files of safetensors under `heads/`.';
  return [
    '## How to use it',
    'From a shell and from TypeScript, with [sentence-mtl](https://www.npmjs.com/package/sentence-mtl):',
    commandLine(run),
    typescript(run),
    `From Python, the folder is an encoder of sentence-transformers. ${heads}`,
    python(run),
  ].join('\n\n');
}
