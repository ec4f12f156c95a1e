import type { Tasks } from '@sentence-mtl/heads';
import type { Provenance, SentenceModel } from '@sentence-mtl/model';

/** A sentence encoder with tasks or without: what `readTaskModel` and `readSentenceModel` give. */
export interface ExportableModel extends SentenceModel {
  readonly tasks?: Tasks;
  readonly provenance?: Provenance;
}

/** A model that has tasks, be it none. */
export const withTasks = <M extends ExportableModel>(model: M): M & { readonly tasks: Tasks } => ({
  ...model,
  tasks: model.tasks ?? {},
});

/** Something that whoever runs a graph has to know. */
export interface ExportNotice {
  readonly kind: 'pairTask' | 'prompt' | 'promptPooling' | 'lowercase' | 'weights' | 'thresholds' | 'regression';
  readonly message: string;
}
