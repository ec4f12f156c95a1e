import { onnxruntimeWebEngine } from '@sentence-mtl/engine-onnxruntime/web';
import { describeEngine } from '../describe-engine.ts';

await describeEngine(await onnxruntimeWebEngine({ threads: 1 }));
