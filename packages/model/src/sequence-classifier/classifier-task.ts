// What config.json of a sequence classifier says of its task, and how a task is said there.
import { describeValue } from '@sentence-mtl/core';
import {
  classification,
  classifierLayouts,
  huggingFaceHead,
  multiLabel,
  regression,
  type ClassifierArchitecture,
  type HeadConfig,
  type Task,
} from '@sentence-mtl/heads';
import { ModelError } from '../errors.ts';

type Config = Readonly<Record<string, unknown>>;

/** transformers writes no labels where there are two without names. */
const UNNAMED_LABELS = 2;

const PROBLEMS = ['regression', 'single_label_classification', 'multi_label_classification'] as const;

type Problem = (typeof PROBLEMS)[number];

/** @throws ModelError where there is no sequence classifier of this architecture */
export function classifierArchitecture(architecture: string, source: string): ClassifierArchitecture {
  const known = Object.keys(classifierLayouts) as readonly ClassifierArchitecture[];
  const found = known.find((each) => each === architecture);
  if (found !== undefined) return found;
  throw new ModelError(
    `${source}: sequence classifiers of ${architecture} are not supported; supported are ${known.join(', ')}`,
  );
}

/** @throws ModelError where config.json names another model than a sequence classifier */
export function checkClassName(config: Config, architecture: ClassifierArchitecture, source: string): void {
  const { architectures } = config;
  const { className } = classifierLayouts[architecture];
  if (!Array.isArray(architectures) || architectures.includes(className)) return;
  throw new ModelError(`${source} is of ${architectures.join(', ')}; a ${className} is needed`);
}

/** The labels in their order. @throws ModelError where they are not numbered from 0 on */
function labelsOf({ id2label }: Config, source: string): readonly string[] {
  if (id2label === undefined || id2label === null) {
    return Array.from({ length: UNNAMED_LABELS }, (_, index) => `LABEL_${index}`);
  }
  const names: Config = typeof id2label === 'object' ? (id2label as Config) : {};
  const count = Object.keys(names).length;
  return Array.from({ length: count || 1 }, (_, index) => {
    const name = Object.hasOwn(names, String(index)) ? names[String(index)] : undefined;
    if (typeof name === 'string') return name;
    throw new ModelError(
      `${source}: id2label has ${describeValue(name)} at ${index}; it must give a name to each number from 0 on`,
    );
  });
}

/** As transformers guesses it, where nothing is said: a regression for one label, else one label a text. */
function problemOf({ problem_type: given }: Config, labelCount: number, source: string): Problem {
  if (given === undefined || given === null) return labelCount === 1 ? 'regression' : 'single_label_classification';
  const problem = PROBLEMS.find((each) => each === given);
  if (problem !== undefined) return problem;
  throw new ModelError(`${source}: problem_type is ${describeValue(given)}; it is one of ${PROBLEMS.join(', ')}`);
}

function dropoutOf(config: Config, architecture: ClassifierArchitecture): number {
  const { dropoutKeys, dropout } = classifierLayouts[architecture];
  const given = dropoutKeys.map((key) => config[key]).find((value) => typeof value === 'number');
  return typeof given === 'number' ? given : dropout;
}

/**
 * The task of a sequence classifier.
 *
 * @throws ModelError where its labels or its kind cannot be told
 * @throws TaskConfigError where its labels repeat or cannot be names
 */
export function taskOfConfig(
  config: Config,
  architecture: ClassifierArchitecture,
  hiddenSize: number,
  source: string,
): Task {
  const labels = labelsOf(config, source);
  const head: HeadConfig = huggingFaceHead(architecture, hiddenSize, dropoutOf(config, architecture));
  switch (problemOf(config, labels.length, source)) {
    case 'regression':
      return regression({ size: labels.length, head });
    case 'multi_label_classification':
      return multiLabel(labels, { head });
    default:
      return classification(labels, { head });
  }
}

/** What config.json says of a task. @throws ModelError where a sequence classifier has no such tasks */
export function configOfTask(name: string, task: Task, architecture: ClassifierArchitecture): Config {
  const { className, dropoutKeys } = classifierLayouts[architecture];
  const problem = problemOfTask(name, task);
  const labels = 'labels' in task ? task.labels : numbered(task.kind === 'regression' ? task.size : 1);
  const [dropoutKey = 'classifier_dropout'] = dropoutKeys;
  return {
    architectures: [className],
    problem_type: problem,
    id2label: Object.fromEntries(labels.map((label, index) => [index, label])),
    label2id: Object.fromEntries(labels.map((label, index) => [label, index])),
    ...('head' in task && { [dropoutKey]: task.head.dropout }),
  };
}

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `LABEL_${index}`);

function problemOfTask(name: string, { kind }: Task): Problem {
  switch (kind) {
    case 'classification':
      return 'single_label_classification';
    case 'multi-label':
      return 'multi_label_classification';
    case 'regression':
      return 'regression';
    default:
      throw new ModelError(
        `task "${name}" is of kind ${kind}; a sequence classifier is of kind classification, multi-label or regression`,
      );
  }
}
