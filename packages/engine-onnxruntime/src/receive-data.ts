import { EngineError, unreachable, type HostTensor } from '@sentence-mtl/core';

function describe(data: unknown): string {
  const length = ArrayBuffer.isView(data) && 'length' in data ? data.length : undefined;
  return data === undefined ? 'nothing' : `${Object.prototype.toString.call(data)} of ${String(length)} elements`;
}

/** Copies a result into the tensor that is to receive it. @throws EngineError when it is of another dtype or size */
export function receiveData(into: HostTensor, data: unknown): void {
  const length = ArrayBuffer.isView(data) && 'length' in data ? data.length : undefined;
  if (length === into.data.length) {
    switch (into.dtype) {
      case 'float32':
        if (data instanceof Float32Array) return into.data.set(data);
        break;
      case 'int32':
        if (data instanceof Int32Array) return into.data.set(data);
        break;
      case 'bool':
        if (data instanceof Uint8Array) return into.data.set(data);
        break;
      default:
        return unreachable(into);
    }
  }
  throw new EngineError(`the runtime returned ${describe(data)} for ${into.dtype} of ${into.data.length} elements`);
}
