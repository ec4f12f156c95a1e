import type { TwoHeadConfig } from './two-head-config.ts';

/** The path of the word embeddings, whose gradient is taken at the gathered rows. */
export const WORD_EMBEDDINGS = 'encoder.embeddings.word.weight';

type Shapes = (readonly [path: string, shape: readonly number[]])[];

const linearShapes = (path: string, outSize: number, inSize: number): Shapes => [
  [`${path}.weight`, [outSize, inSize]],
  [`${path}.bias`, [outSize]],
];

const normShapes = (path: string, size: number): Shapes => [
  [`${path}.weight`, [size]],
  [`${path}.bias`, [size]],
];

function layerShapes(path: string, hidden: number, intermediate: number): Shapes {
  return [
    ...linearShapes(`${path}.attention.query`, hidden, hidden),
    ...linearShapes(`${path}.attention.key`, hidden, hidden),
    ...linearShapes(`${path}.attention.value`, hidden, hidden),
    ...linearShapes(`${path}.attention.output`, hidden, hidden),
    ...normShapes(`${path}.attention.norm`, hidden),
    ...linearShapes(`${path}.feedForward.up`, intermediate, hidden),
    ...linearShapes(`${path}.feedForward.down`, hidden, intermediate),
    ...normShapes(`${path}.feedForward.norm`, hidden),
  ];
}

/** Path to shape of every parameter, from the embeddings up. */
export function parameterShapes({ encoder, tasks }: TwoHeadConfig): ReadonlyMap<string, readonly number[]> {
  const { hiddenSize, intermediateSize, segments } = encoder;
  const segmentShapes: Shapes = segments > 0 ? [['encoder.embeddings.segment.weight', [segments, hiddenSize]]] : [];
  const layers = Array.from({ length: encoder.layers }, (_, i) =>
    layerShapes(`encoder.layers.${i}`, hiddenSize, intermediateSize),
  );
  const heads = Object.entries(tasks).map(([task, classes]) =>
    linearShapes(`heads.${task}.output`, classes, hiddenSize),
  );
  return new Map([
    [WORD_EMBEDDINGS, [encoder.vocabularySize, hiddenSize]],
    ['encoder.embeddings.position.weight', [encoder.maxPositions, hiddenSize]],
    ...segmentShapes,
    ...normShapes('encoder.embeddings.norm', hiddenSize),
    ...layers.flat(),
    ...heads.flat(),
  ]);
}
