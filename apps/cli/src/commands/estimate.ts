import { readSentenceModel } from '@sentence-mtl/model';
import { defineCommand, type Command } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { amountText, durationText } from '../command-line/progress-line.ts';
import { sizeText } from '../command-line/size-text.ts';
import { textTable } from '../command-line/text-table.ts';
import { chooseEpochs } from '../config/choose-epochs.ts';
import { settingsOf } from '../config/run-settings.ts';
import { SETTING_FLAGS, type FlagValues } from '../config/setting-flags.ts';
import { checkFreezing } from '../config/training-parts.ts';
import { readDataset } from '../dataset/dataset.ts';
import { describeDataset } from '../dataset/describe-dataset.ts';
import { estimateRun, fasterRuns, type Alternative, type Estimate } from '../estimating/estimate-run.ts';
import { findModel } from '../model/find-model.ts';
import { openEngine } from '../model/open-engine.ts';
import { checkFits } from '../training/start-training.ts';

interface Values extends FlagValues {
  readonly data: readonly string[];
  readonly config: string | undefined;
}

function estimateText(estimate: Estimate, alternatives: readonly Alternative[], peakBytes: number): string {
  const { steps, trainedParameters, parameterBytes, timed, stepSeconds, seconds } = estimate;
  const { cacheSeconds, evaluationSeconds, savingSeconds } = estimate;
  const cache = cacheSeconds > 0 ? `, after ${durationText(cacheSeconds)} for frozen outputs that are kept` : '';
  const others = `; ${durationText(evaluationSeconds)} for evaluations and ${durationText(savingSeconds)} for writing models and checkpoints`;
  const about = textTable([
    ['steps', amountText(steps, 'steps')],
    ['trained', `${amountText(trainedParameters, 'parameters')} parameters`],
    [
      'memory',
      `${sizeText(parameterBytes)} for parameters, gradients and moments; ${sizeText(peakBytes)} at the most so far`,
    ],
    ['time', `${durationText(seconds)}: ${stepSeconds.toFixed(3)} s a step, by ${timed} real ones${cache}${others}`],
  ]);
  const lines = alternatives.map(({ change, estimate: { stepSeconds: step, cacheSeconds: kept, seconds: total } }) => {
    const before = kept > 0 ? ` and ${durationText(kept)} before` : '';
    return [
      change,
      durationText(total),
      `${step.toFixed(3)} s a step${before}`,
      `${(seconds / total).toFixed(1)} times as fast`,
    ];
  });
  const changes =
    lines.length === 0
      ? 'nothing more to freeze, and no text that a shorter length would cut'
      : `what would change the time:\n${textTable(lines)}`;
  return `${about}\n\nthe test and the simple methods come on top\n\n${changes}`;
}

async function runEstimate(values: Values, context: CommandContext): Promise<void> {
  const { data, config, ...flags } = values;
  const given = await settingsOf({ config, flags, train: data }, context);
  const dataset = await readDataset(given, context);
  await context.note(describeDataset(dataset, given.seed));
  const { settings, note } = chooseEpochs(given, dataset.rows.train.length);
  if (note !== undefined) await context.note(note);
  checkFits(settings, dataset);
  const encoder = await readSentenceModel(await findModel(settings.encoder, context));
  checkFreezing(settings, encoder.config.encoder.layerCount);
  const engine = await openEngine(settings.threads, context);
  try {
    const work = { settings, dataset, encoder, engine, signal: context.stop, clock: context.now };
    await context.note('timing steps');
    const estimate = await estimateRun(work);
    const peakBytes = context.peakMemory();
    const alternatives = await fasterRuns(work, (change) => {
      context.note(`timing steps with ${change}`).catch(() => undefined);
    });
    await context.result({ ...estimate, peakBytes, alternatives }, estimateText(estimate, alternatives, peakBytes));
  } finally {
    await engine.dispose();
  }
}

export const estimate: Command = defineCommand({
  name: 'estimate',
  summary: 'Say how long a training would take, and what would make it faster',
  details:
    'Does 20 steps of it, on real rows and with the same settings, and 10 with each of some changes. Nothing of them is kept.',
  positionals: { data: { help: 'files of labelled rows, as train takes them', atLeast: 0 } },
  options: {
    config: { kind: 'text', value: 'FILE', help: 'a YAML or JSON file of settings; flags override it' },
    ...SETTING_FLAGS,
  },
  examples: [
    ['sentence-mtl estimate tickets.csv', 'with the defaults'],
    ['sentence-mtl estimate tickets.csv --freeze layers:4 --epochs 10', 'with other settings'],
  ],
  run: runEstimate,
});
