import { describeEngine } from './engine-contract.test.support.ts';
import { onnxruntimeEngine } from './onnxruntime-engine.ts';

describeEngine('onnxruntimeEngine', () => onnxruntimeEngine());
describeEngine('onnxruntimeEngine on one thread', () => onnxruntimeEngine({ threads: 1 }));
