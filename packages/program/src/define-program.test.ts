import type { HostTensor } from '@sentence-mtl/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { bool, defineProgram, float32, int32 } from './define-program.ts';
import type { Executable } from './engine.ts';
import { equal, mul } from './ops/elementwise.ts';
import { input } from './ops/leaf.ts';

describe('defineProgram', () => {
  it('builds values of the declared types', () => {
    const program = defineProgram({ x: float32('batch', 8) }, ({ x }) => ({ y: mul(x, 2) }));
    expect(program.inputs.x).toMatchObject({ dtype: 'float32', shape: ['batch', 8] });
    expect(program.outputs.y).toMatchObject({ dtype: 'float32', shape: ['batch', 8] });
  });

  it('gives run() the names and dtypes of feeds and fetches', () => {
    const program = defineProgram({ x: float32('batch'), ids: int32('batch'), on: bool() }, ({ x, ids }) => ({
      y: mul(x, 2),
      same: equal(ids, 0),
    }));
    type Run = Executable<
      {
        x: ReturnType<typeof float32<['batch']>>;
        ids: ReturnType<typeof int32<['batch']>>;
        on: ReturnType<typeof bool<[]>>;
      },
      typeof program.outputs
    >['run'];
    expectTypeOf<Parameters<Run>[0]['x']>().toEqualTypeOf<HostTensor<'float32'>>();
    expectTypeOf<Parameters<Run>[0]['ids']>().toEqualTypeOf<HostTensor<'int32'>>();
    expectTypeOf<Awaited<ReturnType<Run>>['y']>().toEqualTypeOf<HostTensor<'float32'>>();
    expectTypeOf<Awaited<ReturnType<Run>>['same']>().toEqualTypeOf<HostTensor<'bool'>>();
    expect(Object.keys(program.outputs)).toEqual(['y', 'same']);
  });

  it('refuses a program without outputs', () => {
    expect(() => defineProgram({ x: float32() }, () => ({}))).toThrow('the program has no outputs');
  });

  it('refuses values of another program', () => {
    const stray = input('x', 'float32', []);
    expect(() => defineProgram({ x: float32() }, () => ({ y: mul(stray, 2) }))).toThrow(
      'an output depends on input "x" of another program',
    );
  });

  it('refuses a size that is no dimension', () => {
    expect(() => defineProgram({ x: float32('batch size') }, ({ x }) => ({ x }))).toThrow(
      '"batch size" is not a dimension',
    );
  });
});
