import { referenceEngine } from '@sentence-mtl/reference-engine';
import { describeEngine } from '../describe-engine.ts';

await describeEngine(referenceEngine());
