import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classification, multiLabel, regression } from '@sentence-mtl/heads';
import { createTaskModel, readSequenceClassifier } from '@sentence-mtl/model';
import { writeModel, type OnnxModel, type OnnxTarget } from '@sentence-mtl/onnx';
import { expect, test } from 'vitest';
import { exportGraph } from './export-graph.ts';
import { findPython } from './find-python.test.support.ts';

const CLASSIFIERS = new URL('../fixtures/sequence-classifiers', import.meta.url).pathname;
const ARCHITECTURES = ['bert', 'distilbert', 'roberta', 'xlm-roberta', 'mpnet', 'electra', 'albert'];

/** Prints a line for each file with a problem, or whose outputs have no inferred shapes. */
const CHECK = `
import glob, os, sys, onnx
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.onnx"))):
    name = os.path.basename(path)
    try:
        onnx.checker.check_model(path, full_check=True)
        model = onnx.shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True, data_prop=True)
        known = {value.name for value in model.graph.value_info} | {value.name for value in model.graph.output}
        unknown = [output for node in model.graph.node for output in node.output if output and output not in known]
        if unknown and all(node.domain == "" for node in model.graph.node):
            print(name + ": no shape for " + ", ".join(unknown[:3]))
    except Exception as error:
        print(name + ": " + str(error))
`;

function problemsOf(interpreter: string, models: ReadonlyMap<string, OnnxModel>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'export-checker-'));
  try {
    for (const [name, model] of models) writeFileSync(join(folder, `${name}.onnx`), writeModel(model));
    const output = execFileSync(interpreter, ['-c', CHECK, folder], { encoding: 'utf8' });
    return output.split('\n').filter((line) => line !== '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const python = findPython(['onnx'], 'onnx.checker');

test.skipIf(python === undefined)(
  'graphs of all architectures pass onnx.checker and strict shape inference',
  async () => {
    const tasks = {
      intent: classification(['refund', 'cancel']),
      tags: multiLabel(['urgent', 'angry'], { head: { input: { pooling: ['cls', 'max', 'lasttoken'] } } }),
      size: regression({ size: 2, head: { hiddenSizes: [4] } }),
    };
    const models = new Map<string, OnnxModel>();
    for (const architecture of ARCHITECTURES) {
      const classifier = await readSequenceClassifier(join(CLASSIFIERS, architecture), 'mood');
      const model = createTaskModel(classifier, tasks, 1);
      for (const target of ['portable', 'portable-20', 'runtime'] satisfies OnnxTarget[]) {
        models.set(`${architecture}-${target}`, exportGraph(model, { target, probabilities: true }).model);
      }
    }
    expect(models.size).toBe(21);
    expect(problemsOf(python ?? '', models)).toEqual([]);
    const [[, first] = expect.unreachable('there are graphs')] = models;
    const broken = new Map([['broken', { ...first, nodes: first.nodes.slice(1) }]]);
    expect(problemsOf(python ?? '', broken).join()).toMatch(/^broken\.onnx: /);
  },
);
