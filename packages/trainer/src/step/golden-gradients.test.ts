import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { describeGoldenGradients } from './golden-gradients.test.support.ts';

describeGoldenGradients(await onnxruntimeEngine({ threads: 1 }));
