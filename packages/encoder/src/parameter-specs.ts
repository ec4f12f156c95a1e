import type { EncoderConfig } from './encoder-config.ts';

/** How a fresh parameter is filled: normal weights, or the neutral values of biases and normalisation. */
export type Initialization = 'normal' | 'zeros' | 'ones' | 'normalWithZeroPadRow';

export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initialization: Initialization;
}

type Specs = readonly (readonly [path: string, spec: ParameterSpec])[];

const tableSpec = (path: string, rows: number, columns: number, initialization: Initialization = 'normal'): Specs => [
  [`${path}.weight`, { shape: [rows, columns], initialization }],
];

const linearSpecs = (path: string, outSize: number, inSize: number): Specs => [
  ...tableSpec(path, outSize, inSize),
  [`${path}.bias`, { shape: [outSize], initialization: 'zeros' }],
];

const normSpecs = (path: string, size: number): Specs => [
  [`${path}.weight`, { shape: [size], initialization: 'ones' }],
  [`${path}.bias`, { shape: [size], initialization: 'zeros' }],
];

function embeddingSpecs(config: EncoderConfig): Specs {
  const { embeddingSize, hiddenSize, vocabularySize, positionCount, tokenTypeCount } = config;
  return [
    ...tableSpec('encoder.embeddings.word', vocabularySize, embeddingSize, 'normalWithZeroPadRow'),
    ...tableSpec('encoder.embeddings.position', positionCount, embeddingSize),
    ...(tokenTypeCount > 0 ? tableSpec('encoder.embeddings.tokenType', tokenTypeCount, embeddingSize) : []),
    ...normSpecs('encoder.embeddings.norm', embeddingSize),
    ...(hasProjection(config) ? linearSpecs('encoder.embeddings.projection', hiddenSize, embeddingSize) : []),
  ];
}

function layerSpecs(path: string, { hiddenSize, intermediateSize }: EncoderConfig): Specs {
  return [
    ...linearSpecs(`${path}.attention.query`, hiddenSize, hiddenSize),
    ...linearSpecs(`${path}.attention.key`, hiddenSize, hiddenSize),
    ...linearSpecs(`${path}.attention.value`, hiddenSize, hiddenSize),
    ...linearSpecs(`${path}.attention.output`, hiddenSize, hiddenSize),
    ...normSpecs(`${path}.attention.norm`, hiddenSize),
    ...linearSpecs(`${path}.feedForward.up`, intermediateSize, hiddenSize),
    ...linearSpecs(`${path}.feedForward.down`, hiddenSize, intermediateSize),
    ...normSpecs(`${path}.feedForward.norm`, hiddenSize),
  ];
}

/** Whether the embeddings are projected to the hidden size: always in ALBERT, in ELECTRA where the sizes differ. */
export function hasProjection({ architecture, embeddingSize, hiddenSize }: EncoderConfig): boolean {
  return architecture === 'albert' || embeddingSize !== hiddenSize;
}

/** The layer whose parameters layer `index` uses. */
export function parameterLayer({ sharedLayers }: EncoderConfig, index: number): number {
  return sharedLayers ? 0 : index;
}

/** Path to shape and initialisation of every parameter of an encoder, from the embeddings up. */
export function parameterSpecs(config: EncoderConfig): ReadonlyMap<string, ParameterSpec> {
  const { headCount, layerCount, relativePositionBuckets, sharedLayers } = config;
  const relative =
    relativePositionBuckets > 0 ? tableSpec('encoder.relativePosition', relativePositionBuckets, headCount) : [];
  const layers = Array.from({ length: sharedLayers ? 1 : layerCount }, (_, i) =>
    layerSpecs(`encoder.layers.${i}`, config),
  );
  return new Map([...embeddingSpecs(config), ...relative, ...layers.flat()]);
}
