import { toHuggingFaceName, type Architecture } from '@sentence-mtl/encoder';

/** The name a parameter has in the training fixtures: that of the PyTorch module, with `encoder.` or `heads.` before it. */
export function huggingFaceName(architecture: Architecture, path: string): string {
  return path.startsWith('heads.') ? path.replace('.output.', '.') : `encoder.${toHuggingFaceName(architecture, path)}`;
}
