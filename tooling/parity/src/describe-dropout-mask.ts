import { int32Tensor } from '@sentence-mtl/core';
import { defineProgram, dropoutKey, dropoutMask, float32, int32, keepMask, type Engine } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from './busy-machine.ts';

const KEYS = [dropoutKey(42, 0), dropoutKey(42, 1), Int32Array.of(-1, 0), Int32Array.of(0x7fffffff, -0x80000000)];
const SITES = [0, 1, 1_000_003];
const RATES = [0, 0.1, 0.5, 0.999];

const program = defineProgram({ key: int32(2), tokens: float32('batch', 'sequence') }, ({ key }) =>
  Object.fromEntries(
    SITES.flatMap((site) =>
      RATES.map((rate) => [`${site} ${rate}`, dropoutMask(key, ['batch', 'sequence', 33], rate, site)] as const),
    ),
  ),
);

/** Masks are equal to their specification, bit for bit, so that a run can be resumed on another engine. */
export function describeDropoutMask(engine: Engine): void {
  describe(`dropoutMask on ${engine.name}`, () => {
    it('is keepMask, element for element, at every key, site, rate and size', { timeout: BUSY_MACHINE }, async () => {
      const executable = await engine.compile(program);
      for (const key of KEYS) {
        for (const [batch, sequence] of [
          [3, 7],
          [1, 1],
        ] as const) {
          const tokens = {
            dtype: 'float32',
            shape: [batch, sequence],
            data: new Float32Array(batch * sequence),
          } as const;
          const masks = await executable.run({ key: int32Tensor(key, [2]), tokens });
          for (const site of SITES) {
            for (const rate of RATES) {
              const expected = keepMask(key, batch * sequence, 33, rate, site);
              expect(masks[`${site} ${rate}`]?.data, `site ${site}, rate ${rate}`).toEqual(expected);
            }
          }
        }
      }
      await executable.dispose();
    });
  });
}
