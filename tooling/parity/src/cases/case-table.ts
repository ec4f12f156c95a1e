import type { OperationName } from '@sentence-mtl/program';
import type { OperationCase } from '../operation-case.ts';

/** The cases of every operation: one that is left out does not compile, one without any fails its test. */
export type CaseTable = { readonly [K in OperationName]: readonly OperationCase[] };
