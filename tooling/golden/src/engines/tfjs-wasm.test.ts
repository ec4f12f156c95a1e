import { tfjsEngine } from '@sentence-mtl/engine-tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describeLosses } from '../loss-cases/describe-losses.ts';
import { float32Engine } from '../tested-engine.ts';

await tf.setBackend('wasm');
describeLosses(float32Engine(await tfjsEngine(tf)));
