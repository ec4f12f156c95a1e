import { tfjsEngine } from '@sentence-mtl/engine-tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describeGoldenGradients } from './golden-gradients.test.support.ts';

await tf.setBackend('cpu');
describeGoldenGradients(await tfjsEngine(tf));
