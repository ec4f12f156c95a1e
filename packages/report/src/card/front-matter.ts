// The metadata of a card, as the Hub reads it: https://huggingface.co/docs/hub/model-cards and, for the results,
// https://github.com/huggingface/hub-docs/blob/main/modelcard.md
import { stringify } from 'yaml';
import { visibleText } from '../html/visible-text.ts';
import type { Measured } from '../run/results.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { CardOptions } from './card-options.ts';

/** Our metrics that the Hub has a name for. */
const HUB_METRICS: Readonly<Record<string, string>> = {
  accuracy: 'accuracy',
  f1Macro: 'f1',
  f1Micro: 'f1',
  matthewsCorrelation: 'matthews_correlation',
  meanAbsoluteError: 'mae',
  meanSquaredError: 'mse',
  pearson: 'pearsonr',
  r2: 'r_squared',
  spearman: 'spearmanr',
};

const HUB_TASKS: Readonly<Record<string, string>> = {
  classification: 'text-classification',
  'pair-classification': 'text-classification',
  'multi-label': 'text-classification',
  regression: 'text-classification',
  'pair-similarity': 'sentence-similarity',
};

const DIGITS = 6;

/** `owner/name`, which a path of a folder is not. */
const HUB_ID = /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/;
const BUILT_IN: Readonly<Record<string, string>> = { minilm: 'sentence-transformers/all-MiniLM-L6-v2' };

/** The model of the Hub that a run began with; undefined where it was a folder. */
export function baseModel({ settings }: RunRecord): string | undefined {
  const encoder = settings?.['encoder'];
  if (typeof encoder !== 'string') return undefined;
  const builtIn = Object.hasOwn(BUILT_IN, encoder) ? BUILT_IN[encoder] : undefined;
  return builtIn ?? (HUB_ID.test(encoder) ? encoder : undefined);
}

function metricsOf({ metrics }: Measured): readonly object[] {
  return Object.entries(metrics).flatMap(([name, value]) => {
    const type = Object.hasOwn(HUB_METRICS, name) ? HUB_METRICS[name] : undefined;
    return type === undefined || value === null ? [] : [{ type, value: Number(value.toFixed(DIGITS)), name }];
  });
}

/** Results of one data set are told apart by its configuration: here the task. */
function resultsOf({ results, data }: RunRecord, [id]: readonly string[]): readonly object[] {
  const file = data?.files.test[0]?.name;
  return Object.entries(results?.tasks ?? {}).flatMap(([task, { model }]) => {
    const metrics = metricsOf(model);
    if (metrics.length === 0) return [];
    return [
      {
        task: { type: HUB_TASKS[model.kind] ?? 'other', name: task },
        dataset: {
          name: id ?? file ?? 'rows split off the training data',
          type: id ?? 'custom',
          config: task,
          split: 'test',
        },
        metrics,
      },
    ];
  });
}

/** Tasks that make a name. */
const NAMED = 4;

/** What a model is called: not after its folder, so that the same run in another place has the same card. */
export function modelName({ config }: RunRecord, { name }: CardOptions): string {
  const tasks = Object.keys(config.tasks);
  const shown = tasks.slice(0, NAMED).join(', ');
  return name ?? visibleText(tasks.length > NAMED ? `${shown} and ${tasks.length - NAMED} more tasks` : shown);
}

/** YAML between two lines of dashes. What is not known is not there. */
export function frontMatter(run: RunRecord, options: CardOptions): string {
  const { license, languages = [], datasets = [] } = options;
  const kinds = new Set(Object.values(run.config.tasks).map(({ kind }) => HUB_TASKS[kind]));
  const results = resultsOf(run, datasets);
  const metrics = new Set(
    Object.values(run.results?.tasks ?? {}).flatMap(({ model }) =>
      metricsOf(model).map((each) => (each as { readonly type: string }).type),
    ),
  );
  const base = baseModel(run);
  const metadata = {
    ...(license !== undefined && { license }),
    ...(languages.length > 0 && { language: languages }),
    library_name: 'sentence-transformers',
    pipeline_tag: 'sentence-similarity',
    tags: [
      'sentence-transformers',
      'sentence-mtl',
      'multi-task',
      'feature-extraction',
      ...(kinds.has('text-classification') ? ['text-classification'] : []),
    ],
    ...(base !== undefined && { base_model: base }),
    ...(datasets.length > 0 && { datasets }),
    ...(metrics.size > 0 && { metrics: [...metrics] }),
    ...(results.length > 0 && { 'model-index': [{ name: modelName(run, options), results }] }),
  };
  return `---\n${stringify(metadata, { lineWidth: 0 })}---\n`;
}
