// What it takes to make the trainer's step ready: graph and gradient, rewriting, lowering, session.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { toOnnx } from '@sentence-mtl/onnx';
import { programStatistics, rewriteProgram, type Program } from '@sentence-mtl/program';
import { describeMachine, OtherProcesses } from './machine.ts';
import { emptyModel, publishedName, stepProgram } from './published-model.ts';
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

const name = publishedName(values.model);
const dropout = Number(values.dropout);
const model = await emptyModel(name, dropout);

const build = (): Program => stepProgram(model, dropout, 'all');
const buildForward = (): Program => stepProgram(model, dropout, 'none');

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
  model: name,
  dropout,
  nodes,
  firstMs: first.median,
  ms: msByStage,
  engine: engine.name,
  othersShare: others.share,
};
report('compile', describeMachine(), [...spreads, first], figures, values.json);
await engine.dispose();
