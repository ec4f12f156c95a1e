import { describeEngine } from './engine-contract.test.support.ts';
import { onnxruntimeWebEngine } from './onnxruntime-web-engine.ts';

describeEngine('onnxruntimeWebEngine', () => onnxruntimeWebEngine());
