import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import type { PromptConfig } from '@sentence-mtl/model-files';

export interface PromptOptions {
  /** Put in front of each text; wins over `promptName`, and '' is none. */
  readonly prompt?: string | undefined;
  /** The name of one of the model's prompts; default: the model's default, where it has one. */
  readonly promptName?: string | undefined;
}

/**
 * The text that goes in front of each text: of a model's prompts the one asked for, else its default, else ''.
 *
 * @throws ArgumentError for a name the model does not have
 */
export function promptOf({ prompts, defaultPromptName }: PromptConfig, { prompt, promptName }: PromptOptions): string {
  if (prompt !== undefined) return prompt;
  const name = promptName ?? defaultPromptName;
  if (name === undefined) return '';
  const text = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (text !== undefined) return text;
  const names = Object.keys(prompts);
  const nearest = nearestMatch(name, names);
  const known = names.length === 0 ? 'it has none' : `its prompts are ${names.join(', ')}`;
  throw new ArgumentError(
    `the model has no prompt "${name}"; ${known}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
  );
}
