// The process that `bench cold-start` starts: prints its largest resident size once it has an embedding.
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { SentenceEncoder } from '@sentence-mtl/model';
import { peakMemoryMb } from './machine.ts';

const engine = await onnxruntimeEngine();
const encoder = await SentenceEncoder.load(process.argv[2] ?? 'minilm', { engine });
await encoder.encode(['what is my bank balance']);
console.log(peakMemoryMb());
await engine.dispose();
