// Heads of Hugging Face's sequence classifiers: in all of them one hidden layer of the encoder's width reads the first
// token. They differ in the activation, in what is dropped, and in names.
import { configuredTask } from './configured-task.ts';
import { headSchema, type HeadActivation, type HeadConfig } from './head-config.ts';
import { hiddenPath, outputPath } from './head-paths.ts';

/** Architectures with a `…ForSequenceClassification` that is read and written here. */
export type ClassifierArchitecture = 'bert' | 'distilbert' | 'roberta' | 'xlm-roberta' | 'mpnet' | 'electra' | 'albert';

/** How a sequence classifier of an architecture is built and named. */
export interface ClassifierLayout {
  /** In `architectures` of config.json. */
  readonly className: string;
  readonly activation: HeadActivation;
  /** Whether the first token is dropped from, too. */
  readonly dropsInput: boolean;
  /** The keys of config.json that give the dropout rate: the first that is there. The first is written. */
  readonly dropoutKeys: readonly string[];
  /** The rate where none of the keys is there. */
  readonly dropout: number;
  /** What stands before the encoder's tensors. */
  readonly prefix: string;
  readonly hidden: string;
  readonly output: string;
}

const bertLike = {
  activation: 'tanh',
  dropoutKeys: ['classifier_dropout', 'hidden_dropout_prob'],
  dropout: 0.1,
} as const;
const dense = { dropsInput: true, hidden: 'classifier.dense', output: 'classifier.out_proj' } as const;
const pooled = { dropsInput: false, output: 'classifier' } as const;

export const classifierLayouts: Readonly<Record<ClassifierArchitecture, ClassifierLayout>> = {
  bert: {
    ...bertLike,
    ...pooled,
    className: 'BertForSequenceClassification',
    prefix: 'bert.',
    hidden: 'bert.pooler.dense',
  },
  distilbert: {
    ...pooled,
    className: 'DistilBertForSequenceClassification',
    activation: 'relu',
    dropoutKeys: ['seq_classif_dropout'],
    dropout: 0.2,
    prefix: 'distilbert.',
    hidden: 'pre_classifier',
  },
  roberta: { ...bertLike, ...dense, className: 'RobertaForSequenceClassification', prefix: 'roberta.' },
  'xlm-roberta': { ...bertLike, ...dense, className: 'XLMRobertaForSequenceClassification', prefix: 'roberta.' },
  mpnet: {
    ...dense,
    className: 'MPNetForSequenceClassification',
    activation: 'tanh',
    dropoutKeys: ['hidden_dropout_prob'],
    dropout: 0.1,
    prefix: 'mpnet.',
  },
  electra: {
    ...bertLike,
    ...dense,
    className: 'ElectraForSequenceClassification',
    activation: 'gelu',
    prefix: 'electra.',
  },
  albert: {
    ...pooled,
    className: 'AlbertForSequenceClassification',
    activation: 'tanh',
    dropoutKeys: ['classifier_dropout_prob'],
    dropout: 0.1,
    prefix: 'albert.',
    hidden: 'albert.pooler',
  },
};

/** The head of a sequence classifier: one hidden layer on the first token. */
export function huggingFaceHead(architecture: ClassifierArchitecture, hiddenSize: number, dropout: number): HeadConfig {
  const { activation, dropsInput } = classifierLayouts[architecture];
  const config = {
    input: { pooling: ['cls'] },
    inputDropout: dropsInput ? dropout : 0,
    hiddenSizes: [hiddenSize],
    activation,
    dropout,
  };
  return configuredTask(headSchema, config, `the head of ${architecture}`);
}

/** Whether a head is one that sequence classifiers of the architecture have, rates of dropout aside. */
export function isHuggingFaceHead(architecture: ClassifierArchitecture, hiddenSize: number, head: HeadConfig): boolean {
  const { input, hiddenSizes, activation, logitScale } = head;
  return (
    typeof input === 'object' &&
    input.pooling.join() === 'cls' &&
    hiddenSizes.join() === String(hiddenSize) &&
    activation === classifierLayouts[architecture].activation &&
    logitScale === null
  );
}

/** The tensor in a sequence classifier's checkpoint for each path of a task's head. */
export function huggingFaceHeadNames(architecture: ClassifierArchitecture, task: string): ReadonlyMap<string, string> {
  const { hidden, output } = classifierLayouts[architecture];
  const layers = [
    [hiddenPath(task, 0), hidden],
    [outputPath(task), output],
  ] as const;
  return new Map(
    layers.flatMap(([path, name]) =>
      ['weight', 'bias'].map((parameter) => [`${path}.${parameter}`, `${name}.${parameter}`] as const),
    ),
  );
}
