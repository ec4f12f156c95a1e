import type { EmbeddingRow, RowWriter } from '@sentence-mtl/data';
import type { EncodeOptions, SentenceEncoder } from '@sentence-mtl/model';
import type { WindowWork } from './write-windows.ts';

export interface EncodingInput {
  readonly encoder: SentenceEncoder;
  readonly texts: AsyncIterable<string>;
  readonly total: number | undefined;
  readonly writer: RowWriter<EmbeddingRow>;
  readonly options: Pick<EncodeOptions, 'normalize' | 'promptName'>;
}

/** Texts in, each with its embedding out. */
export function encodingWork({ encoder, texts, options, ...rest }: EncodingInput): WindowWork<string, EmbeddingRow> {
  return {
    ...rest,
    label: 'encoding',
    rows: texts,
    unitsOf: ({ length }) => length,
    async compute(window, signal, onDone) {
      const onProgress: EncodeOptions['onProgress'] = ({ done }) => onDone(done);
      const { data, shape } = await encoder.encode(window, { ...options, signal, onProgress });
      const [, dimension] = shape;
      return window.map((text, row) => ({ text, embedding: data.subarray(row * dimension, (row + 1) * dimension) }));
    },
  };
}
