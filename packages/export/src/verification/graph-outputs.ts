import type { Tasks } from '@sentence-mtl/heads';
import { EMBEDDING_OUTPUT, logitsOutput } from '../graph-names.ts';

/** The outputs of a graph that are compared: the sentence embedding, and what each task says. */
export const comparedOutputs = (tasks: Tasks): readonly string[] => [
  EMBEDDING_OUTPUT,
  ...Object.keys(tasks).map(logitsOutput),
];
