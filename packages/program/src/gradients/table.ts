import type { OperationName } from '../operation.ts';
import type { GradientRule } from '../value.ts';

/** A gradient for every operation, or the reason why it has none. */
export type GradientTable = { readonly [K in OperationName]: GradientRule<K> };
