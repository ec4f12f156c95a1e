import { ProgramError } from '@sentence-mtl/core';
import type { InputTypes, Program, ProgramOutputs } from './define-program.ts';
import { rebuild } from './rebuild.ts';
import {
  dropBroadcast,
  dropDoubleNegation,
  dropNeutralOperand,
  dropStopGradient,
  mergeReshapes,
  mergeScales,
  mergeTransposes,
} from './rewrites/identities.ts';
import { biasIntoLinear, scaleIntoMatMul, transposesIntoMatMul } from './rewrites/products.ts';
import type { RewriteRule } from './rewrites/rule.ts';
import { schedule } from './schedule.ts';
import type { Value } from './value.ts';
import { verifyProgram } from './verify-program.ts';

/** Every rewrite by name, in the order they are tried on a node. */
export const rewriteRules: Readonly<Record<string, RewriteRule>> = {
  dropStopGradient,
  dropNeutralOperand,
  dropDoubleNegation,
  dropBroadcast,
  mergeReshapes,
  mergeTransposes,
  mergeScales,
  transposesIntoMatMul,
  scaleIntoMatMul,
  biasIntoLinear,
};

/** Far more passes than nested fusions need; a pair of rules that undo each other would otherwise never end. */
const MAX_PASSES = 32;

function countUses(values: readonly Value[]): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  const use = (value: Value): void => void uses.set(value, (uses.get(value) ?? 0) + 1);
  for (const value of values) use(value);
  for (const node of schedule(values)) for (const x of node.inputs) use(x);
  return uses;
}

/** Tries each rule once on every node. */
function rewriteOnce(values: readonly Value[], rules: readonly RewriteRule[]): readonly Value[] {
  const uses = countUses(values);
  return rebuild(values, (node, original) => {
    const usedOnce = (index: number): boolean => {
      const operand = original.inputs[index];
      return operand !== undefined && uses.get(operand) === 1;
    };
    for (const rule of rules) {
      const found = rule(node, { usedOnce });
      if (found !== undefined) return found;
    }
    return undefined;
  });
}

function rewriteValues(values: readonly Value[], rules: readonly RewriteRule[]): readonly Value[] {
  let current = values;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = rewriteOnce(current, rules);
    if (next.every((value, index) => value === current[index])) return next;
    current = next;
  }
  throw new ProgramError(`the rewrite rules still find work after ${MAX_PASSES} passes; two of them undo each other`);
}

/**
 * An equal program that is cheaper to run: identities vanish, transposes, scales and biases go into the products
 * they belong to. Inputs, outputs and their names stay.
 */
export function rewriteProgram<I extends InputTypes, O extends ProgramOutputs>(
  program: Program<I, O>,
  rules: Readonly<Record<string, RewriteRule>> = rewriteRules,
): Program<I, O> {
  const values = rewriteValues(Object.values(program.outputs), Object.values(rules));
  const names = Object.keys(program.outputs);
  const rewritten = {
    inputs: program.inputs,
    outputs: Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as O,
  };
  verifyProgram(rewritten);
  return rewritten;
}
