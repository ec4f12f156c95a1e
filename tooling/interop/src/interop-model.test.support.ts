// What is exported: an encoder with a task of each kind that a graph has as an output. The head of intents has an example of
// each in place of a training, so that its labels mean something.
import { float32Tensor, type HostTensor } from '@sentence-mtl/core';
import {
  classification,
  huggingFaceHead,
  regression,
  type ClassificationTask,
  type RegressionTask,
} from '@sentence-mtl/heads';
import {
  createTaskModel,
  SentenceEncoder,
  type EncoderOptions,
  type SentenceModel,
  type TaskModel,
} from '@sentence-mtl/model';

export const INTENTS = {
  refund: 'I want my money back, please',
  delivery: 'Where is my parcel? It should have come on Monday.',
  weather: 'What a beautiful sunny day',
} as const;
export type Intent = keyof typeof INTENTS;

/** With what tokenizers stumble over: accents, capitals, an emoji, another script, numbers, nothing at all. */
export const TEXTS: readonly string[] = [
  ...Object.values(INTENTS),
  'Ich hätte gern mein Geld zurück – 42,50 €!',
  'no',
  '',
  'Déjà vu; NAÏVE café 🎉 don’t',
  '北京的天气很好',
  'It rained on the day that my order was to come, so nobody brought it.',
];

export type InteropTasks = {
  readonly intent: ClassificationTask<Intent>;
  readonly mood: ClassificationTask<'glad' | 'angry'>;
  readonly size: RegressionTask<1>;
};

function tasksFor({ config: { encoder } }: SentenceModel): InteropTasks {
  const { architecture, hiddenSize } = encoder;
  return {
    intent: classification(Object.keys(INTENTS) as Intent[], { head: { logitScale: 12 } }),
    // The head that Python's transformers has too.
    mood: classification(['glad', 'angry'], { head: huggingFaceHead(architecture, hiddenSize, 0.1) }),
    size: { ...regression(), scale: { means: [10], deviations: [4] } } as RegressionTask<1>,
  };
}

/** Heads start near zero, where wrong predictions are as good as right ones. */
function decided({ data, shape }: HostTensor<'float32'>): HostTensor<'float32'> {
  return float32Tensor(
    data.map((value) => value * 4),
    shape,
  );
}

/** The encoder with heads that decide. */
export async function interopModel(encoder: SentenceModel, options: EncoderOptions): Promise<TaskModel<InteropTasks>> {
  const model = createTaskModel(encoder, tasksFor(encoder), 42);
  await using running = new SentenceEncoder(encoder, options);
  const examples = await running.encode(Object.values(INTENTS), { normalize: true });
  const given = new Map([
    ['heads.intent.output.weight', float32Tensor(examples.data, examples.shape)],
    ['heads.intent.output.bias', float32Tensor(new Float32Array(examples.shape[0]), [examples.shape[0]])],
  ]);
  const parameters = [...model.parameters].map(([path, tensor]) => {
    const own = path.startsWith('heads.mood.') && tensor.dtype === 'float32' ? decided(tensor) : tensor;
    return [path, given.get(path) ?? own] as const;
  });
  return { ...model, parameters: new Map(parameters) };
}
