/**
 * Our path of a module, below `encoder.`, to its name in Hugging Face checkpoints; `*` is the number of a layer.
 * Weight and bias keep their names.
 */
export type ModuleNames = Readonly<Record<string, string>>;
