/** Where the parameters of a task's head are. */
export const headPrefix = (task: string): string => `heads.${task}.`;

/** The layer that gives the outputs; below it `weight` (out, in) and `bias` (out). */
export const outputPath = (task: string): string => `${headPrefix(task)}output`;

/** A hidden layer, from 0; below it `weight` (out, in) and `bias` (out). */
export const hiddenPath = (task: string, index: number): string => `${headPrefix(task)}hidden.${index}`;

/** The logarithm of the factor of the input, (). */
export const logitScalePath = (task: string): string => `${headPrefix(task)}logitScale`;
