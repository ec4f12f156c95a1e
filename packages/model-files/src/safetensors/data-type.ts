/** Bits an element takes, for each dtype of the format. */
const BITS = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
} as const;

/** A dtype as safetensors spells it. */
export type SafetensorsType = keyof typeof BITS;

export function isSafetensorsType(text: unknown): text is SafetensorsType {
  return typeof text === 'string' && Object.hasOwn(BITS, text);
}

/** The bytes of one element. */
export function bytesOf(type: SafetensorsType): number {
  return BITS[type] / 8;
}
