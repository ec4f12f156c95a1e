import { defineCommand, type Command } from '../command-line/command.ts';
import { sizeText } from '../command-line/size-text.ts';
import { textTable } from '../command-line/text-table.ts';
import { describeModel, type ModelDescription } from '../model/describe-model.ts';
import { findModel } from '../model/find-model.ts';

const counted = new Intl.NumberFormat('en-US');

function encoderRows({ encoder, maximumLength }: ModelDescription): readonly (readonly string[])[] {
  const { layerCount, sharedLayers, headCount, hiddenSize, vocabularySize } = encoder;
  const layers = `${layerCount} ${layerCount === 1 ? 'layer' : 'layers'}${sharedLayers ? ' that share their parameters' : ''}`;
  return [
    ['architecture', `${encoder.architecture}, ${layers}, ${headCount} attention heads`],
    ['sizes', `hidden ${hiddenSize}, vocabulary ${counted.format(vocabularySize)}`],
    ['longest text', `${maximumLength} tokens`],
  ];
}

function embeddingRows({
  layout,
  pooling,
  dense,
  normalize,
  embeddingDimension,
  prompts,
}: ModelDescription): readonly (readonly string[])[] {
  const steps = [
    pooling.modes.join(' + '),
    ...dense.map(({ inputSize, outputSize, activation }) => `dense ${inputSize} to ${outputSize}, ${activation}`),
    ...(normalize ? ['length 1'] : []),
  ];
  const names = Object.keys(prompts.prompts).filter((name) => prompts.prompts[name] !== '');
  const isDefault = (name: string): boolean => name === prompts.defaultPromptName;
  return [
    ['pooling', `${steps.join(', then ')}${layout === 'transformers' ? ' (the folder names none)' : ''}`],
    ['embedding', `${embeddingDimension} values`],
    ...(names.length === 0
      ? []
      : [['prompts', names.map((name) => (isDefault(name) ? `${name} (default)` : name)).join(', ')]]),
  ];
}

function parameterRows({
  parameters: { parts, formats, memoryBytes },
}: ModelDescription): readonly (readonly string[])[] {
  const { unused, ...used } = parts;
  const total = Object.values(used).reduce((sum, count) => sum + count, 0);
  const shares = Object.entries(used).filter(([, count]) => count > 0);
  return [
    ['parameters', `${counted.format(total)}, stored as ${formats.join(', ')}`],
    ...shares.map(([part, count]) => [
      `  ${part}`,
      `${counted.format(count)} (${((count / total) * 100).toFixed(1)} %)`,
    ]),
    ...(unused === 0 ? [] : [['  not used', counted.format(unused)]]),
    ['memory', `${sizeText(memoryBytes.float32)} as float32, ${sizeText(memoryBytes.int8)} as int8`],
  ];
}

function headRows({ heads }: ModelDescription): readonly (readonly string[])[] {
  return heads.map(({ task, kind, labels, parameters }, index) => {
    const some = labels === undefined ? '' : ` of ${labels.length} labels`;
    return [index === 0 ? 'heads' : '', `${task}: ${kind}${some}, ${counted.format(parameters)} parameters`];
  });
}

function descriptionText(model: ModelDescription): string {
  const about = [
    ['folder', model.folder],
    ...encoderRows(model),
    ...embeddingRows(model),
    ...parameterRows(model),
    ...headRows(model),
  ];
  const files = model.files.map(({ path, bytes }) => [sizeText(bytes), path]);
  return `${textTable(about)}\n\n${textTable(files, { numeric: [0] })}`;
}

export const inspect: Command = defineCommand({
  name: 'inspect',
  summary: 'Show what a model is made of',
  details: 'Reads the configs and the headers of the weights, not the weights: it is quick for any model.',
  positionals: { model: { help: 'a folder, or the id of a model on the hub' } },
  options: {},
  examples: [
    ['sentence-mtl inspect sentence-transformers/all-MiniLM-L6-v2', 'a model of the hub, which is fetched first'],
    ['sentence-mtl inspect runs/support/model --json', 'for programs'],
  ],
  async run({ model }, context) {
    const description = await describeModel(await findModel(model, context));
    await context.result(description, descriptionText(description));
  },
});
