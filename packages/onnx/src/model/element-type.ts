/** The element types of ONNX tensors that occur here, with their numbers in `TensorProto.DataType`. */
export const ELEMENT_TYPE_NUMBERS = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

export type ElementType = keyof typeof ELEMENT_TYPE_NUMBERS;

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(ELEMENT_TYPE_NUMBERS).map(([name, number]) => [number, name]),
);

function isElementType(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_TYPE_NUMBERS, name);
}

/** The element type with this number, or undefined for one that is not known here. */
export function elementTypeOf(number: number): ElementType | undefined {
  const name = NAMES.get(number);
  return name !== undefined && isElementType(name) ? name : undefined;
}
