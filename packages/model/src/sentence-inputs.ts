import { ProgramError } from '@sentence-mtl/core';
import type { EncoderInputs, ParametersAt } from '@sentence-mtl/encoder';
import { float32, int32, type InputTypes, type InputValues, type Value } from '@sentence-mtl/program';
import type { SentenceModelConfig } from './sentence-model.ts';
import { sentenceParameterShapes } from './sentence-parameters.ts';

/** A name in the column of a row's first text, or, with its number, of a further one: `inputIds`, `inputIds.1`. */
export const columnName = (name: string, column: number): string => (column === 0 ? name : `${name}.${column}`);

/**
 * The token inputs of a program over a sentence encoder, named like the fields of a `TokenBatch`.
 *
 * @param column of the text in its row, from 0: each column has a length of its own
 */
export function tokenInputs({ encoder }: SentenceModelConfig, column = 0): InputTypes {
  const type = int32('batch', column === 0 ? 'sequence' : `sequence${column}`);
  const names = ['inputIds', 'attentionMask', ...(encoder.tokenTypeCount > 1 ? ['tokenTypeIds'] : [])];
  return Object.fromEntries(names.map((name) => [columnName(name, column), type]));
}

/** An input for each parameter of a sentence encoder, named by its path. */
export function parameterInputs(config: SentenceModelConfig): InputTypes {
  return Object.fromEntries([...sentenceParameterShapes(config)].map(([path, shape]) => [path, float32(...shape)]));
}

/** The tokens of a column among a program's inputs. */
export function tokensOf(inputs: InputValues<InputTypes>, column = 0): EncoderInputs {
  const at = (name: string): Value | undefined => inputs[columnName(name, column)];
  const [inputIds, attentionMask, tokenTypeIds] = [at('inputIds'), at('attentionMask'), at('tokenTypeIds')];
  if (inputIds === undefined || attentionMask === undefined) {
    throw new ProgramError(
      `the program has no input "${columnName('inputIds', column)}" with a mask; tokenInputs declares them`,
    );
  }
  return { inputIds, attentionMask, ...(tokenTypeIds !== undefined && { tokenTypeIds }) };
}

/** The parameters among a program's inputs, by their paths. */
export function parametersAt(inputs: InputValues<InputTypes>): ParametersAt {
  return (path) => {
    const value = inputs[path];
    if (value === undefined) throw new ProgramError(`the program has no input "${path}" for the parameter`);
    return value;
  };
}
