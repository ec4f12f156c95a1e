// What it takes to make a training step ready: graph and gradient, rewriting, lowering, session.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { toOnnx } from '@sentence-mtl/onnx';
import { programStatistics, rewriteProgram, type Program } from '@sentence-mtl/program';
import { publishedModels, twoHeadProgram, type PublishedModel } from '@sentence-mtl/two-head-model';
import { describeMachine, OtherProcesses } from './machine.ts';
import { report } from './report.ts';
import { spreadOf } from './spread.ts';
import { timed } from './timing.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'random-distilbert' },
    dropout: { type: 'string', default: '0.1' },
    repeats: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});

const known = Object.keys(publishedModels) as PublishedModel[];
const model = known.find((name) => name === values.model);
if (model === undefined) throw new Error(`--model ${values.model} is not one of ${known.join(', ')}`);
const dropout = Number(values.dropout);

const build = (): Program => twoHeadProgram(publishedModels[model], { trains: () => true, dropout });
const buildForward = (): Program => twoHeadProgram(publishedModels[model], { dropout });

const engine = await onnxruntimeEngine();
/** From sizes to a session that can run. */
async function makeReady(): Promise<void> {
  const executable = await engine.compile(build());
  await executable.dispose();
}

const others = new OtherProcesses();
/** The first in this process, before anything is optimised: what a person waits for. */
const cold = await others.during(() => timed(makeReady));

type Stage = 'forward graph' | 'with gradient' | 'rewrite' | 'lower' | 'all with session';
const taken: Record<Stage, number[]> = {
  'forward graph': [],
  'with gradient': [],
  rewrite: [],
  lower: [],
  'all with session': [],
};
await others.during(async () => {
  for (let i = 0; i < Number(values.repeats); i++) {
    taken['forward graph'].push(await timed(buildForward));
    taken['with gradient'].push(await timed(build));
    const program = build();
    taken.rewrite.push(await timed(() => rewriteProgram(program)));
    const rewritten = rewriteProgram(program);
    taken.lower.push(await timed(() => toOnnx(rewritten, { target: 'runtime' })));
    taken['all with session'].push(await timed(makeReady));
  }
});

const spreads = Object.entries(taken).map(([stage, times]) => ({ stage, ...spreadOf(times) }));
const { nodes } = programStatistics(rewriteProgram(build()));
const first = {
  stage: 'all, the first time',
  median: Math.round(cold),
  min: Math.round(cold),
  max: Math.round(cold),
  runs: 1,
};
const msByStage = Object.fromEntries(spreads.map(({ stage, median }) => [stage, median]));
const figures = {
  model,
  dropout,
  nodes,
  firstMs: first.median,
  ms: msByStage,
  engine: engine.name,
  othersShare: others.share,
};
report('compile', describeMachine(), [...spreads, first], figures, values.json);
await engine.dispose();
