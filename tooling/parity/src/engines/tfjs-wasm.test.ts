import { tfjsEngine } from '@sentence-mtl/engine-tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describeEngine } from '../describe-engine.ts';

await tf.setBackend('wasm');
await describeEngine(await tfjsEngine(tf));
