import type { OptionSpec } from '../command-line/command.ts';

/** How a command line names a model. */
export const MODEL_OPTION: OptionSpec & { readonly kind: 'text'; readonly default: string } = {
  kind: 'text',
  value: 'MODEL',
  default: 'minilm',
  help: 'a folder, the id of a model on the hub (owner/name, owner/name@revision), or minilm, which is built in',
};
