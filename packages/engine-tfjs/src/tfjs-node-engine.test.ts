import { createRequire } from 'node:module';
import { MissingEngineError } from '@sentence-mtl/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tfjsNodeEngine } from './tfjs-node-engine.ts';

const failure = async (load: () => Promise<unknown>): Promise<unknown> =>
  tfjsNodeEngine({ load }).catch((error: unknown) => error);

/** Node's own resolution, which the test runner does not imitate. */
const require = createRequire(import.meta.url);

describe('tfjsNodeEngine', () => {
  it('says in one sentence how to install what is absent', async () => {
    const error = await failure(async () => Promise.resolve(require('@tensorflow/tfjs-node')));
    expect(error).toBeInstanceOf(MissingEngineError);
    expect(error).toHaveProperty(
      'message',
      'the tfjs-node engine needs @tensorflow/tfjs-node, which is not installed: npm install @tensorflow/tfjs-node',
    );
  });

  it('tells a broken installation from an absent one, and keeps its error', async () => {
    const cause = new Error('libtensorflow.so.2: cannot open shared object file');
    const error = await failure(() => Promise.reject(cause));
    expect(error).toBeInstanceOf(MissingEngineError);
    expect(error).toMatchObject({ cause });
    expect(String(error)).toContain(
      'is installed and does not load: npm rebuild @tensorflow/tfjs-node --build-addon-from-source',
    );
  });

  it('refuses a package that is something else', async () => {
    expect(String(await failure(() => Promise.resolve({ default: {} })))).toContain(
      'does not give the functions of tfjs',
    );
  });

  it('is missing here, where nothing installs it', async () => {
    await expect(tfjsNodeEngine()).rejects.toThrow(MissingEngineError);
  });

  it('takes the namespace of a CommonJS package from its default export', async () => {
    await tf.setBackend('cpu');
    const engine = await tfjsNodeEngine({ load: () => Promise.resolve({ default: tf }) });
    expect(engine.name).toBe('tfjs-node');
  });
});
