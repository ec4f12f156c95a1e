import { tfjsEngine } from '@sentence-mtl/engine-tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describeEngine } from '../describe-engine.ts';

await tf.setBackend('cpu');
await describeEngine(await tfjsEngine(tf));
