import { join } from 'node:path';
import { readSentenceModel } from '@sentence-mtl/model';
import type { TrainingEvent, TrainingResult } from '@sentence-mtl/trainer';
import { defineCommand, type Command } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { InterruptedError } from '../command-line/errors.ts';
import { countText, durationText } from '../command-line/progress-line.ts';
import { chooseEpochs } from '../config/choose-epochs.ts';
import { SETTING_FLAGS } from '../config/setting-flags.ts';
import { checkFreezing } from '../config/training-parts.ts';
import { writeJson } from '../config/write-json.ts';
import { readDataset, type Dataset } from '../dataset/dataset.ts';
import { describeDataset } from '../dataset/describe-dataset.ts';
import { findModel } from '../model/find-model.ts';
import { openEngine } from '../model/open-engine.ts';
import { reportRun } from '../reporting/report-run.ts';
import { beginFolder } from '../training/begin-folder.ts';
import { logRun } from '../training/log-run.ts';
import { measureRun, type MeasuringWork, type RunResults } from '../training/measure-run.ts';
import { goOn, planRun, stopped, type PlannedRun, type TrainValues } from '../training/planned-run.ts';
import { resultsTable } from '../training/results-table.ts';
import { checkFits, startTraining } from '../training/start-training.ts';
import { TrainingView } from '../training/training-view.ts';

async function measured(
  work: MeasuringWork,
  run: PlannedRun,
  context: CommandContext,
): Promise<RunResults | undefined> {
  if (work.dataset.rows.test.length === 0) return undefined;
  try {
    const { results, details } = await measureRun(work, context);
    await writeJson(join(run.folder, 'results.json'), results);
    await writeJson(join(run.folder, 'test.json'), details);
    return results;
  } catch (error) {
    if (!context.stop.aborted) throw error;
    throw new InterruptedError(`the model is trained, but not measured; do that with:\n  ${goOn(run)}`, {
      cause: error,
    });
  }
}

function summaryText(
  { name }: Pick<PlannedRun, 'name'>,
  { reason, step, best }: TrainingResult,
  results: RunResults | undefined,
  { dataset, seconds, report }: { dataset: Dataset; seconds: number; report: string | undefined },
): string {
  const early = reason === 'earlyStopped' ? ', since the validation metric no longer rose' : '';
  const kept = best === undefined ? '' : `; the model is that of step ${best.step}`;
  return [
    `trained ${countText(step, 'step')} in ${durationText(seconds)}${early}${kept}`,
    ...(results === undefined
      ? ['no test rows: nothing is measured']
      : [resultsTable(results, dataset.rows.train.length)]),
    `model: ${join(name, 'model')}${report === undefined ? '' : `\nreport: ${join(name, 'report.html')}`}`,
  ].join('\n\n');
}

async function runTrain(values: TrainValues, context: CommandContext): Promise<void> {
  const plan = await planRun(values, context);
  const { folder } = plan;
  const dataset = await readDataset(plan.settings, context);
  await context.note(describeDataset(dataset, plan.settings.seed));
  const { settings, note } = chooseEpochs(plan.settings, dataset.rows.train.length);
  if (note !== undefined) await context.note(note);
  checkFits(settings, dataset);
  const encoder = await readSentenceModel(await findModel(settings.encoder, context));
  checkFreezing(settings, encoder.config.encoder.layerCount);
  for (const { message } of encoder.notices) await context.note(message);
  const engine = await openEngine(settings.threads, context);
  try {
    await beginFolder({ ...plan, settings }, dataset, encoder, context);
    const view = new TrainingView(context);
    const start = context.now();
    const signals = { signal: context.stop, clock: context.now };
    let fromStep = 0;
    const onEvent = (event: TrainingEvent): void => {
      view.show(event);
      if (event.kind === 'started') ({ fromStep } = event);
      const { kind, ...rest } = event;
      void context.event({ event: kind, ...rest }).catch(() => undefined);
    };
    const work = { settings, dataset, encoder, engine, folder, resume: plan.isResumed, onEvent, ...signals };
    const result = await startTraining(work)
      .catch(async (error: unknown) => {
        throw context.stop.aborted ? await stopped(plan, error) : error;
      })
      .finally(() => view.end());
    const seconds = (context.now() - start) / 1000;
    await logRun(folder, { fromStep, step: result.step, seconds }, context);
    if (result.reason === 'aborted') throw await stopped(plan);
    const { modelFolder } = result;
    const results = await measured({ settings, dataset, encoder, engine, modelFolder }, plan, context);
    const report = await reportRun(plan, context);
    const { reason, step, best } = result;
    const value = { event: 'result', reason, step, best, seconds, run: folder, model: modelFolder, report, results };
    await context.result(value, summaryText(plan, result, results, { dataset, seconds, report }));
  } finally {
    await engine.dispose();
  }
}

export const train: Command = defineCommand({
  name: 'train',
  summary: 'Train a model on labelled rows, and measure it',
  details:
    'Finds out which columns are labels and of which kind, and says so before it begins. Rows for validation and test are split off where no files are given. Ends with the metrics on the test rows beside those of simple methods. RUN then holds model/ (the best one), report.html, metrics.jsonl, results.json, checkpoints and train.json with all settings; Ctrl-C saves, and --resume goes on to the same bytes.',
  positionals: {
    data: { help: 'files of labelled rows (.jsonl, .csv, .tsv, .parquet, also .gz), patterns, or -', atLeast: 0 },
  },
  options: {
    out: { kind: 'text', value: 'RUN', help: 'the folder of the run' },
    ...SETTING_FLAGS,
    config: { kind: 'text', value: 'FILE', help: 'a YAML or JSON file of settings; flags override it' },
    resume: { kind: 'text', value: 'RUN', help: 'go on with a run that was stopped' },
  },
  examples: [
    ['sentence-mtl train tickets.csv --out runs/tickets', 'all columns that look like labels, from the column "text"'],
    [
      'sentence-mtl train train.jsonl --validation dev.jsonl --test test.jsonl --out runs/a --epochs 5',
      'splits of your own',
    ],
    ['sentence-mtl train tickets.csv --out runs/b --freeze layers:4', 'the lowest layers stay as they are: faster'],
    ['sentence-mtl train --resume runs/tickets', 'goes on where Ctrl-C has stopped it'],
  ],
  run: runTrain,
});
