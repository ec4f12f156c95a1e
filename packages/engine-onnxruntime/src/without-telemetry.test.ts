import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { withoutTelemetry } from './without-telemetry.ts';

const folder = mkdtempSync(join(tmpdir(), 'telemetry-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SWITCH = 'ORT_DISABLE_TELEMETRY';
const built = (path: string): string => new URL(path, import.meta.url).href;

/** Runs a program on an engine of the built package. */
function useEngine(name: string): string {
  return `
import { ${name} } from '${built('../dist/index.js')}';
import { defineProgram, float32, mul } from '${built('../../program/dist/index.js')}';
const engine = await ${name}();
const executable = await engine.compile(defineProgram({ x: float32(1) }, ({ x }) => ({ y: mul(x, 3) })));
const { y } = await executable.run({ x: { dtype: 'float32', shape: [1], data: Float32Array.of(2) } });
console.log(y.data[0]);
await engine.dispose();`;
}

it('leaves a value that somebody has set', () => {
  const unset: Record<string, string | undefined> = {};
  withoutTelemetry(unset);
  expect(unset).toEqual({ [SWITCH]: '1' });
  const set = { [SWITCH]: '0' };
  withoutTelemetry(set);
  expect(set).toEqual({ [SWITCH]: '0' });
});

it.runIf(process.platform === 'linux')('sets the variable that this version of the library looks for', () => {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  const library = `../bin/napi-v6/linux/${process.arch}/libonnxruntime.so.1`;
  expect(readFileSync(join(dirname(main), library)).includes(SWITCH)).toBe(true);
});

it.each(['onnxruntimeEngine', 'onnxruntimeWorkerEngine'])('lets %s leave no file behind', async (name) => {
  const home = mkdtempSync(join(folder, 'home-'));
  const { CI: _ci, [SWITCH]: _switch, XDG_CACHE_HOME: _cache, ...environment } = process.env;
  const env = { ...environment, HOME: home, USERPROFILE: home, TMPDIR: home, TEMP: home, TMP: home, NODE_OPTIONS: '' };
  const program = join(folder, `${name}.mjs`);
  writeFileSync(program, useEngine(name));
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  expect(stdout).toBe('6\n');
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});
