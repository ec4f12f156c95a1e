// `config_sentence_transformers.json`: prompts, and what similarity the model is meant for.
import { ModelFileError } from '../errors.ts';
import { isRecord, type JsonRecord } from '../files/read-json.ts';
import { optionalText } from './field.ts';

export interface PromptConfig {
  /** Text put in front of an input, by name. */
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  readonly similarity: string | undefined;
}

/** @throws ModelFileError where prompts are not texts, or the default names none of them */
export function parsePromptConfig(record: JsonRecord, path: string): PromptConfig {
  const given = record['prompts'] ?? {};
  if (!isRecord(given)) throw new ModelFileError(`${path}: prompts is not an object`);
  const prompts = Object.entries(given).map(([name, text]) => {
    if (typeof text !== 'string') throw new ModelFileError(`${path}: prompt "${name}" is not a text`);
    return [name, text] as const;
  });
  const defaultPromptName = optionalText(record, 'default_prompt_name', path);
  if (defaultPromptName !== undefined && !prompts.some(([name]) => name === defaultPromptName)) {
    throw new ModelFileError(
      `${path}: default_prompt_name "${defaultPromptName}" is not one of the prompts ${prompts.map(([name]) => name).join(', ')}`,
    );
  }
  return {
    prompts: Object.fromEntries(prompts),
    defaultPromptName,
    similarity: optionalText(record, 'similarity_fn_name', path),
  };
}

export function formatPromptConfig({ prompts, defaultPromptName, similarity }: PromptConfig): JsonRecord {
  return {
    model_type: 'SentenceTransformer',
    // Python warns where this version is newer than itself; 5.0.0 is the oldest that reads all that is written here.
    __version__: { sentence_transformers: '5.0.0' },
    prompts,
    default_prompt_name: defaultPromptName ?? null,
    similarity_fn_name: similarity ?? null,
  };
}
