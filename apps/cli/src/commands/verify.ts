import { exportGraph, readExportableModel } from '@sentence-mtl/export';
import type { CommandContext } from '../command-line/command-context.ts';
import {
  defineCommand,
  type Command,
  type CommandValues,
  type Options,
  type PositionalSpec,
} from '../command-line/command.ts';
import { FailedCheckError } from '../command-line/errors.ts';
import { outputTasks } from '../exporting/output-tasks.ts';
import { findModel } from '../model/find-model.ts';
import { openEngine, type CommandEngine } from '../model/open-engine.ts';
import { driftLimits } from '../verifying/drift-limits.ts';
import { GraphMeasurer } from '../verifying/graph-measurer.ts';
import { measuredTexts } from '../verifying/measured-texts.ts';
import { verificationText, type Verification } from '../verifying/verification-text.ts';
import { graphsIn, verifyGraph, type VerifiedGraph } from '../verifying/verified-graphs.ts';

const OPTIONS = {
  data: {
    kind: 'list',
    value: 'FILE',
    help: 'run these texts, and measure on their labels (default: texts of our own)',
  },
  textColumn: { kind: 'text', value: 'NAME', default: 'text', help: 'the column of the texts in --data' },
  maxDrift: {
    kind: 'number',
    value: 'POINTS',
    help: 'int8: how far the first metric of a task may fall (default: 0.5), or, without labels, of how many percent of the texts something else may be said (default: 5)',
  },
  threads: { kind: 'count', value: 'N', help: 'processor threads (default: all)' },
} as const satisfies Options;

type VerifyValues = CommandValues<Readonly<Record<'model', PositionalSpec>>, typeof OPTIONS>;

async function verification(
  folder: string,
  engine: CommandEngine,
  values: VerifyValues,
  context: CommandContext,
): Promise<Verification> {
  const precisions = await graphsIn(folder);
  const model = await readExportableModel(folder);
  const given = await measuredTexts(model, values, context);
  const tasks = outputTasks(model, exportGraph(model));
  const measurer = await GraphMeasurer.of(model, tasks, given, engine, context);
  const limits = driftLimits(values.maxDrift);
  const graphs: VerifiedGraph[] = [];
  for (const precision of precisions) {
    const open = engine.openGraph.bind(engine);
    graphs.push(await verifyGraph(folder, precision, model, measurer, { open, limits }));
  }
  return { model: values.model, texts: given.texts.length, own: measurer.own, graphs };
}

/** As programs read it. */
function jsonOf({ model, texts, own, graphs }: Verification): object {
  const metrics = Object.fromEntries([...own.metrics].map(([name, { metric, value }]) => [name, { metric, value }]));
  return { model, texts, own: { textsPerSecond: own.textsPerSecond, metrics }, graphs };
}

async function runVerify(values: VerifyValues, context: CommandContext): Promise<void> {
  const folder = await findModel(values.model, context);
  const engine = await openEngine(values.threads, context);
  try {
    const verified = await verification(folder, engine, values, context);
    await context.result(jsonOf(verified), verificationText(verified));
    const problems = verified.graphs.flatMap((graph) => graph.problems);
    if (problems.length > 0) throw new FailedCheckError('');
  } finally {
    await engine.dispose();
  }
}

export const verify: Command = defineCommand({
  name: 'verify',
  summary: 'Compare the exported graphs of a model with the model',
  details:
    'Runs the same texts through the model and through each graph in its folder, and tells the largest differences, of how many texts each task says the same, what its metric becomes where there are labels, the size and the speed. Beyond tolerance the exit code is 1: 1e-5 for fp32, 2e-3 for fp16, a mean cosine of 0.99 and --max-drift for int8.',
  positionals: { model: { help: 'the folder of a model with exported graphs' } },
  options: OPTIONS,
  examples: [
    ['sentence-mtl verify runs/tickets/model', 'on texts of our own'],
    ['sentence-mtl verify runs/tickets/model --data dev.csv --json', 'with metrics on labelled texts, for programs'],
  ],
  run: runVerify,
});
