import { MissingEngineError } from '@sentence-mtl/core';
import type { TfjsNamespace } from './tensor-flow.ts';
import { tfjsEngine, type TfjsEngine } from './tfjs-engine.ts';

export interface TfjsNodeOptions {
  /** Gives the namespace of tfjs-node; by default the package that is installed beside this one. */
  readonly load?: () => Promise<unknown>;
}

const PACKAGE: string = '@tensorflow/tfjs-node';

function isNamespace(namespace: unknown): namespace is TfjsNamespace {
  return typeof namespace === 'object' && namespace !== null && 'ready' in namespace && 'getBackend' in namespace;
}

/** CommonJS packages arrive with their exports under `default` where names cannot be read statically. */
function namespaceOf(module: unknown): TfjsNamespace | undefined {
  if (isNamespace(module)) return module;
  const inner = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  return isNamespace(inner) ? inner : undefined;
}

function missing(problem: string, command: string, cause?: unknown): MissingEngineError {
  return new MissingEngineError(
    `the tfjs-node engine needs ${PACKAGE}, which ${problem}: npm ${command}`,
    cause === undefined ? undefined : { cause },
  );
}

const INSTALL = `install ${PACKAGE}`;
/** From tfjs-node's own instructions: its install script downloads a library, which may have been disallowed. */
const REBUILD = `rebuild ${PACKAGE} --build-addon-from-source`;

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && String(error).includes(`'${PACKAGE}'`);
}

/**
 * An engine on TensorFlow's native library through tfjs-node.
 *
 * @throws MissingEngineError, with the command that installs it, when the package is absent or its library does not load
 */
export async function tfjsNodeEngine(options: TfjsNodeOptions = {}): Promise<TfjsEngine> {
  const load = options.load ?? (async () => (await import(PACKAGE)) as unknown);
  let module: unknown;
  try {
    module = await load();
  } catch (cause) {
    throw isAbsent(cause)
      ? missing('is not installed', INSTALL, cause)
      : missing('is installed and does not load', REBUILD, cause);
  }
  const tf = namespaceOf(module);
  if (tf === undefined) throw missing('is installed and does not give the functions of tfjs', INSTALL);
  return tfjsEngine(tf, { name: 'tfjs-node' });
}
