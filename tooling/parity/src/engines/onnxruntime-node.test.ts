import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { describeEngine } from '../describe-engine.ts';

await describeEngine(await onnxruntimeEngine({ threads: 1 }));
