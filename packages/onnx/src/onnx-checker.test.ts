import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineProgram, float32, mul } from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import { readModel } from './model/read-model.ts';
import { writeModel } from './model/write-model.ts';
import { toOnnx } from './to-onnx.ts';

const CHECK = `
import glob, os, sys, onnx
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.onnx"))):
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    except Exception as error:
        print(os.path.basename(path) + ": " + str(error))
`;

/** An interpreter with a package, if there is one; says what is skipped without. */
export function pythonWith(module: string, skipped: string): string | undefined {
  const candidate = process.env['SENTENCE_MTL_PYTHON'] ?? 'python3';
  try {
    execFileSync(candidate, ['-c', `import ${module}`], { stdio: 'ignore' });
    return candidate;
  } catch {
    console.log(`SKIPPED ${skipped}: ${candidate} has no package ${module}; set SENTENCE_MTL_PYTHON to one that has`);
    return undefined;
  }
}

/** An interpreter with the package onnx, if there is one. */
export const python: string | undefined = pythonWith('onnx', 'onnx.checker');

/** What onnx.checker and strict shape inference have against models of our operators, a line each. */
export function checkModels(interpreter: string, models: Readonly<Record<string, Uint8Array>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-checker-'));
  try {
    for (const [name, bytes] of Object.entries(models)) writeFileSync(join(folder, `${name}.onnx`), bytes);
    const output = execFileSync(interpreter, ['-c', CHECK, folder], { encoding: 'utf8' });
    return output.split('\n').filter((line) => line !== '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(python === undefined)('onnx.checker passes a valid model and tells what is wrong with another', () => {
  const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ y: mul(x, x) }));
  const { bytes } = toOnnx(program, { target: 'portable' });
  const model = readModel(bytes);
  const twice = writeModel({ ...model, nodes: [...model.nodes, ...model.nodes] });
  const problems = checkModels(python ?? '', { valid: bytes, twice });
  expect(problems.join()).toMatch(/^twice\.onnx: .*SSA/);
});
