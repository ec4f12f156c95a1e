import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import type { Engine, OperationName } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import type { RecordedResult } from './operations/operation-case.ts';

/** An engine, and how near its results have to come to what was recorded. */
export interface TestedEngine {
  readonly engine: Engine;
  /** What a recorded float64 becomes before it is compared. */
  readonly round: (recorded: number) => number;
  /** The largest difference allowed to any element of a result. */
  readonly operationTolerance: (op: OperationName, result: RecordedResult) => number;
}

const relativeTo =
  (share: number) =>
  (_op: OperationName, { data }: RecordedResult) => {
    const finite = data.map(Number).filter(Number.isFinite).map(Math.abs);
    return share * Math.max(1e-3, ...finite);
  };

/** float64 throughout, but for the scalar constants of a program, which are float32: a few units in the last place. */
const FLOAT32_ROUNDING = 4 * 2 ** -23;

export const testedEngines: readonly TestedEngine[] = [
  { engine: referenceEngine(), round: Math.fround, operationTolerance: relativeTo(FLOAT32_ROUNDING) },
  { engine: await onnxruntimeEngine(), round: Math.fround, operationTolerance: relativeTo(1e-5) },
];
