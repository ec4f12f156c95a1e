import { nearestMatch } from '@sentence-mtl/core';
import { readAlbert } from './architectures/albert.ts';
import { readBert } from './architectures/bert.ts';
import { readDistilBert } from './architectures/distilbert.ts';
import { readElectra } from './architectures/electra.ts';
import { readMpnet } from './architectures/mpnet.ts';
import { readRoberta } from './architectures/roberta.ts';
import { ConfigReader } from './config-reader.ts';
import { ARCHITECTURES, type Architecture, type EncoderConfig } from './encoder-config.ts';

const readers: Readonly<Record<Architecture, (reader: ConfigReader) => EncoderConfig>> = {
  bert: readBert,
  distilbert: readDistilBert,
  roberta: (reader) => readRoberta(reader, 'roberta'),
  'xlm-roberta': (reader) => readRoberta(reader, 'xlm-roberta'),
  mpnet: readMpnet,
  electra: readElectra,
  albert: readAlbert,
};

function architectureOf(reader: ConfigReader): Architecture {
  const type = reader.value('model_type');
  const known = ARCHITECTURES.find((architecture) => architecture === type);
  if (known !== undefined) return known;
  const nearest = typeof type === 'string' ? nearestMatch(type, ARCHITECTURES) : undefined;
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw reader.fail(
    `model_type ${JSON.stringify(type ?? null)} is not supported; supported are ${ARCHITECTURES.join(', ')}${hint}`,
  );
}

function checkSizes(reader: ConfigReader, config: EncoderConfig): EncoderConfig {
  const { hiddenSize, headCount, positionScheme, positionCount, padTokenId, vocabularySize } = config;
  if (hiddenSize % headCount !== 0) {
    throw reader.fail(`the hidden size ${hiddenSize} is not a multiple of the ${headCount} attention heads`);
  }
  if (padTokenId >= vocabularySize) {
    throw reader.fail(`"pad_token_id" is ${padTokenId}, outside the vocabulary of ${vocabularySize}`);
  }
  if (positionScheme === 'afterPadding' && positionCount <= padTokenId + 1) {
    throw reader.fail(`"max_position_embeddings" is ${positionCount}; the first ${padTokenId + 1} are never used`);
  }
  return config;
}

/**
 * Reads a Hugging Face config.json. Every value is checked, before anything is allocated.
 *
 * @param json the parsed file
 * @param source how messages name it
 * @throws EncoderConfigError naming the key, its value and what it may be
 */
export function parseEncoderConfig(json: unknown, source = 'config.json'): EncoderConfig {
  const reader = new ConfigReader(json, source);
  return checkSizes(reader, readers[architectureOf(reader)](reader));
}
