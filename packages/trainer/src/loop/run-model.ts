import { uniformDropout } from '@sentence-mtl/encoder';
import { fitTask, type Tasks } from '@sentence-mtl/heads';
import { promptOf, sentenceTokenizer, type SentenceTokenizer } from '@sentence-mtl/model';
import type { Example } from '../batch/example.ts';
import { TrainingSettingsError } from '../errors.ts';
import { encoderDrops } from '../program/training-program.ts';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';
import type { TrainOptions } from './train-options.ts';

/** The tasks as the training labels make them. */
function fitTasks(tasks: Tasks, examples: readonly Example[]): Tasks {
  const placeOf = (row: number): string => examples[row]?.place ?? `row ${row}`;
  const entries = Object.entries(tasks).map(([name, task]) => {
    const labels = examples.map(({ labels: given }) => (Object.hasOwn(given, name) ? given[name] : undefined));
    return [name, fitTask(name, task, labels, placeOf)] as const;
  });
  return Object.fromEntries(entries);
}

/** The model that is trained: with fitted tasks, and the dropout of the settings. */
export function modelOf({ model, training }: TrainOptions, { dropout }: TrainingSettings): TrainingModel {
  const { encoder } = model.config;
  const rates = dropout === null ? encoder.dropout : uniformDropout(encoder.architecture, dropout);
  return {
    ...model,
    config: { ...model.config, encoder: { ...encoder, dropout: rates } },
    tasks: fitTasks(model.tasks, training),
  };
}

/** The model's tokenizer, with the maximum of the settings. */
export function tokenizerOf({ config }: TrainingModel, { maxLength }: TrainingSettings): SentenceTokenizer {
  return sentenceTokenizer({ ...config, maximumLength: Math.min(maxLength, config.maximumLength) });
}

/**
 * What goes in front of each text: the model's default prompt, which it has there when it predicts.
 *
 * @throws TrainingSettingsError where the model leaves a prompt out of its pooling, which no training program does
 */
export function trainingPrompt({ config: { prompts, pooling } }: TrainingModel): string {
  const prompt = promptOf(prompts, {});
  if (prompt === '' || pooling.includePrompt) return prompt;
  throw new TrainingSettingsError(
    `the model puts ${JSON.stringify(prompt)} in front of each text and leaves it out of its pooling, which cannot be trained: take its default prompt away (default_prompt_name), or let it be pooled (include_prompt)`,
  );
}

/** Whether a head drops anything in training. */
function headDrops(task: Tasks[string]): boolean {
  return 'head' in task && (task.head.dropout > 0 || task.head.inputDropout > 0);
}

/** Whether anything of a model drops in training. */
export function modelDrops({ config, tasks }: TrainingModel): boolean {
  return encoderDrops(config.encoder) || Object.values(tasks).some(headDrops);
}
