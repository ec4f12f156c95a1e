import type { EncoderConfig } from './encoder-config.ts';

/** Our name of a module to the one in the fixtures, longest first. */
type NameTable = readonly (readonly [ours: string, theirs: string])[];

const EMBEDDINGS: NameTable = [
  ['encoder.embeddings.word', 'encoder.embeddings.word_embeddings'],
  ['encoder.embeddings.position', 'encoder.embeddings.position_embeddings'],
  ['encoder.embeddings.segment', 'encoder.embeddings.token_type_embeddings'],
  ['encoder.embeddings.norm', 'encoder.embeddings.LayerNorm'],
];

const LAYER: Readonly<Record<EncoderConfig['architecture'], NameTable>> = {
  bert: [
    ['attention.query', 'attention.self.query'],
    ['attention.key', 'attention.self.key'],
    ['attention.value', 'attention.self.value'],
    ['attention.output', 'attention.output.dense'],
    ['attention.norm', 'attention.output.LayerNorm'],
    ['feedForward.up', 'intermediate.dense'],
    ['feedForward.down', 'output.dense'],
    ['feedForward.norm', 'output.LayerNorm'],
  ],
  distilbert: [
    ['attention.query', 'attention.q_lin'],
    ['attention.key', 'attention.k_lin'],
    ['attention.value', 'attention.v_lin'],
    ['attention.output', 'attention.out_lin'],
    ['attention.norm', 'sa_layer_norm'],
    ['feedForward.up', 'ffn.lin1'],
    ['feedForward.down', 'ffn.lin2'],
    ['feedForward.norm', 'output_layer_norm'],
  ],
};

const LAYERS = { bert: 'encoder.encoder.layer', distilbert: 'encoder.transformer.layer' } as const;

function renamed(table: NameTable, path: string): string {
  const entry = table.find(([ours]) => path.startsWith(`${ours}.`));
  if (entry === undefined) throw new Error(`no name in the fixtures is known for "${path}"`);
  return entry[1] + path.slice(entry[0].length);
}

/** The name a parameter has in the training fixtures: that of the PyTorch module, with `encoder.` or `heads.` before it. */
export function huggingFaceName(architecture: EncoderConfig['architecture'], path: string): string {
  if (path.startsWith('heads.')) return path.replace('.output.', '.');
  const layer = /^encoder\.layers\.(\d+)\.(.+)$/.exec(path);
  const [, index, rest] = layer ?? [];
  if (index === undefined || rest === undefined) return renamed(EMBEDDINGS, path);
  return `${LAYERS[architecture]}.${index}.${renamed(LAYER[architecture], rest)}`;
}
