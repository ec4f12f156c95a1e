// The products of a training step by themselves: forward, for the operand's gradient, and for the weight's gradient.
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { describeMachine, OtherProcesses } from './machine.ts';
import { PlainProducts } from './plain-products.ts';
import { emptyModel, publishedName, stepProgram, stepSizes } from './published-model.ts';
import { report } from './report.ts';
import { spreadOf } from './spread.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'random-distilbert' },
    batch: { type: 'string', default: '32' },
    length: { type: 'string', default: '32' },
    repeats: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
  },
});

const model = publishedName(values.model);
const batch = Number(values.batch);
const length = Number(values.length);

const engine = await onnxruntimeEngine();
const program = stepProgram(await emptyModel(model, 0), 0, 'all');
const products = await PlainProducts.of(engine, program, stepSizes(program, batch, length));
const others = new OtherProcesses();
const totals: number[] = [];
await others.during(async () => {
  for (let i = 0; i < Number(values.repeats); i++) totals.push(await products.round());
});

const { times } = products;
const ms = spreadOf(totals);
const gflop = times.reduce((sum, { product }) => sum + (product.count * product.operations) / 1e9, 0);
const rows = times.map(({ name, product, ms: spread, gflops }) => ({
  product: name,
  count: product.count,
  ms: spread.median,
  min: spread.min,
  max: spread.max,
  gflops,
}));
const figures = {
  model,
  batch,
  length,
  ms: ms.median,
  min: ms.min,
  max: ms.max,
  runs: ms.runs,
  gflop: Math.round(gflop),
  gflops: Math.round((gflop / ms.median) * 1e4) / 10,
  products: rows,
  engine: engine.name,
  othersShare: others.share,
};
report('matmul', describeMachine(), rows, figures, values.json);
await engine.dispose();
