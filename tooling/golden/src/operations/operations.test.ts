import type { HostTensor } from '@sentence-mtl/core';
import { afterAll, describe, expect, it } from 'vitest';
import { differences } from '../closeness.ts';
import { testedEngines, type TestedEngine } from '../tested-engine.ts';
import { ownFixture, readJson } from '../fixtures.ts';
import { hostTensor } from '../recorded-tensor.ts';
import { builders } from './builders.ts';
import type { OperationCase, OperationFixture, RecordedResult } from './operation-case.ts';
import { hasSymbolicForm, operationProgram, type Declaration } from './operation-program.ts';

const { cases } = readJson<OperationFixture>(ownFixture('operations.json'));

type Expected = readonly (readonly [output: string, result: RecordedResult])[];

const gradientsOf = (gradients: OperationCase['gradients']): Expected =>
  gradients.flatMap((result, index) => (result === null ? [] : [[`gradient${index}`, result] as const]));

function feedsOf({ inputs, value, cotangent }: OperationCase): Readonly<Record<string, HostTensor>> {
  const operands = inputs.map((tensor, index) => [`x${index}`, hostTensor(tensor)] as const);
  return Object.fromEntries(value.dtype === 'float32' ? [...operands, ['cotangent', hostTensor(cotangent)]] : operands);
}

/** How the outputs named in `expected` differ from it, those that agree left out. */
async function differencesOf(
  engine: TestedEngine,
  recorded: OperationCase,
  declaration: Declaration,
  expected: Expected,
): Promise<Record<string, readonly string[]>> {
  const outputs = await engine.run(operationProgram(recorded, declaration), feedsOf(recorded));
  const compared = expected.map(([output, result]) => {
    const wanted = result.data.map((entry) => engine.round(Number(entry)));
    const allowed = engine.operationTolerance(recorded.op, result);
    return [output, differences(outputs[output] ?? [], wanted, () => allowed)] as const;
  });
  return Object.fromEntries(compared.filter(([, found]) => found.length > 0));
}

it('has a case of every operation', () => {
  const recorded = new Set<string>(cases.map(({ op }) => op));
  expect(Object.keys(builders).filter((op) => !recorded.has(op))).toEqual([]);
});

describe.each(testedEngines.map((engine) => [engine.name, engine] as const))('on %s', (_engine, engine) => {
  afterAll(() => engine.dispose());

  const declarations: readonly Declaration[] = ['numbers', 'symbols'];
  const runs = declarations.flatMap((declaration) =>
    cases
      .filter((recorded) => declaration === 'numbers' || hasSymbolicForm(recorded))
      .map((recorded) => {
        const title = `${recorded.op}: ${recorded.name} (sizes are ${declaration})`;
        return [title, { recorded, declaration }] as const;
      }),
  );

  it.each(runs)('%s', async (_title, { recorded, declaration }) => {
    const gradients = gradientsOf(recorded.knownDivergence?.gradients ?? recorded.gradients);
    const expected: Expected = [['value', recorded.value], ...gradients];
    expect(await differencesOf(engine, recorded, declaration, expected)).toEqual({});
  });

  it.each(runs.filter(([, { recorded }]) => recorded.knownDivergence !== undefined))(
    'differs from PyTorch: %s',
    async (_title, { recorded, declaration }) => {
      expect(await differencesOf(engine, recorded, declaration, gradientsOf(recorded.gradients))).not.toEqual({});
    },
  );
});
