import type { Architecture, DropoutRates } from './encoder-config.ts';

/** Places at which an architecture drops nothing, whatever its configuration says (Hugging Face's transformers). */
const NEVER: Partial<Readonly<Record<Architecture, keyof DropoutRates>>> = {
  albert: 'feedForward',
  distilbert: 'attentionOutput',
};

/** One rate at every place where the architecture drops. @param rate from 0 to below 1 */
export function uniformDropout(architecture: Architecture, rate: number): DropoutRates {
  const rates = { embeddings: rate, attention: rate, attentionOutput: rate, feedForward: rate };
  const place = NEVER[architecture];
  return place === undefined ? rates : { ...rates, [place]: 0 };
}
