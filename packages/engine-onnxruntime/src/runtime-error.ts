import { EngineError, SentenceMtlError } from '@sentence-mtl/core';

/** How ONNX Runtime begins the message of a kernel that fails. */
const FAILED_NODE = /while running (?<operator>\S+) node\. Name:'(?<node>[^']*)' Status Message: (?<reason>[^]*)/;

/** The first line of what was thrown. */
export function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0] ?? '';
}

/**
 * What a runtime threw, as an EngineError that names the operation where the runtime does; the original is its
 * cause. Errors that are ours already stay as they are.
 */
export function runtimeError(runtime: string, doing: string, cause: unknown): SentenceMtlError {
  if (cause instanceof SentenceMtlError) return cause;
  const failed = FAILED_NODE.exec(cause instanceof Error ? cause.message : '')?.groups;
  const where = failed === undefined ? '' : ` in "${failed['node']}" (${failed['operator']})`;
  const reason = failed === undefined ? reasonOf(cause) : reasonOf(failed['reason']);
  return new EngineError(`${runtime}: ${doing} failed${where}: ${reason}`, { cause });
}
