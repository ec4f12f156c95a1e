import { createRequire } from 'node:module';
import { join } from 'node:path';
import { tfjsNodeEngine } from '@sentence-mtl/engine-tfjs';
import { describe, expect, it } from 'vitest';
import { describeEngine } from '../describe-engine.ts';

/** A folder in which tfjs-node is installed: it is kept out of this workspace, whose install it would break. */
const folder = process.env['SENTENCE_MTL_TFJS_NODE'];

if (folder === undefined) {
  console.log('SKIPPED parity of tfjs-node: SENTENCE_MTL_TFJS_NODE names no folder in which it is installed');
  describe('tfjs-node', () => {
    it.skip('is not compared: set SENTENCE_MTL_TFJS_NODE to a folder in which @tensorflow/tfjs-node is installed');
  });
} else {
  const require = createRequire(join(folder, 'package.json'));
  const load = async (): Promise<unknown> => Promise.resolve(require('@tensorflow/tfjs-node'));
  const engine = await tfjsNodeEngine({ load });
  it("runs on TensorFlow's own library", () => {
    expect(engine.backend).toBe('tensorflow');
  });
  await describeEngine(engine);
}
