import { ProgramError } from '@sentence-mtl/core';
import { schedule } from './schedule.ts';
import { formatShape, shapesEqual } from './shape.ts';
import { inferTypes } from './type-rules.ts';
import type { Node, Value } from './value.ts';

/** What the verifier reads of a program; see `Program`. */
export interface VerifiableProgram {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

function checkInput(program: VerifiableProgram, node: Node): void {
  if (node.op !== 'input') return;
  const { name } = node.attributes;
  if (Object.hasOwn(program.inputs, name) && program.inputs[name]?.node === node) return;
  throw new ProgramError(
    `an output depends on input "${name}" of another program; build everything from this program's own inputs`,
  );
}

function checkResults(node: Node): void {
  const types = inferTypes(node);
  if (types.length !== node.outputs.length) {
    throw new ProgramError(`${node.op} has ${node.outputs.length} results where its type rule gives ${types.length}`);
  }
  for (const [index, type] of types.entries()) {
    const value = node.outputs[index];
    const agrees =
      value !== undefined &&
      value.node === node &&
      value.index === index &&
      value.dtype === type.dtype &&
      shapesEqual(value.shape, type.shape);
    if (!agrees) {
      throw new ProgramError(
        `result ${index} of ${node.op} is not the ${type.dtype} ${formatShape(type.shape)} its type rule gives`,
      );
    }
  }
}

/**
 * Checks a whole program: every node's results are what its type rule gives, and every leaf is one of the program's
 * own inputs. It runs after building and after each rewrite, so that a stage that breaks a graph is caught there.
 *
 * @throws ProgramError naming the operation
 */
export function verifyProgram(program: VerifiableProgram): void {
  for (const node of schedule(Object.values(program.outputs))) {
    checkInput(program, node);
    checkResults(node);
  }
}
