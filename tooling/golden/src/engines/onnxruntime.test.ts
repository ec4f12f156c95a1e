import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { describeLosses } from '../loss-cases/describe-losses.ts';
import { float32Engine } from '../tested-engine.ts';

describeLosses(float32Engine(await onnxruntimeEngine({ threads: 1 })));
