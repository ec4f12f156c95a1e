import type { Tasks } from '@sentence-mtl/heads';
import { MultiTaskModel as Model, type LoadTaskOptions } from '@sentence-mtl/model';
import { withDefaults, type WithDefaultEngine } from './default-engine.ts';

/** A multi-task model that runs. */
export type MultiTaskModel<T extends Tasks = Tasks> = Model<T>;

/** `MultiTaskModel` of `@sentence-mtl/model` with the default engine, and the hub of the environment. */
export const MultiTaskModel: {
  /**
   * Loads a multi-task model.
   *
   * @param source a folder, or the id of a model on the hub as for `SentenceEncoder.load`
   * @throws as `MultiTaskModel.load` of `@sentence-mtl/model` does
   */
  load<T extends Tasks = Tasks>(
    source: string | URL,
    options?: WithDefaultEngine<LoadTaskOptions<T>>,
  ): Promise<MultiTaskModel<T>>;
} = {
  load: async (source, options = {}) => Model.load(source, await withDefaults(options)),
};
