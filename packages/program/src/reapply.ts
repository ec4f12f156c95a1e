import { apply } from './apply.ts';
import type { OperationName } from './operation.ts';
import { typeRules } from './type-rules.ts';
import type { NodeOf, Value } from './value.ts';

/** The same operation with other operands. @throws ShapeError when its type rule refuses them */
export function reapply<K extends OperationName>(node: NodeOf<K>, inputs: readonly Value[]): Value {
  return apply(node.op, typeRules[node.op], inputs, node.attributes);
}
