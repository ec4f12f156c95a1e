import type { Node, Value } from '../value.ts';

/** What a rule may ask about the graph it works in. */
export interface RewriteContext {
  /** Whether operand `index` of the node has no other use, so that fusing it away repeats no work. */
  readonly usedOnce: (index: number) => boolean;
}

/** An equal but cheaper value for result 0 of a node, or undefined where the rule does not apply. */
export type RewriteRule = (node: Node, context: RewriteContext) => Value | undefined;
