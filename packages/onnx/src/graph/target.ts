/**
 * Whom a graph is for. `runtime`: our own engines, with the contributed operators of ONNX Runtime.
 * `portable`: any runtime since 2022, standard operators only; `portable-20`: any since 2023, which have the operator
 * Gelu. See docs/decisions/0003.
 */
export type OnnxTarget = 'runtime' | 'portable' | 'portable-20';

interface TargetVersions {
  readonly irVersion: number;
  readonly opset: number;
}

export const TARGET_VERSIONS: Readonly<Record<OnnxTarget, TargetVersions>> = {
  runtime: { irVersion: 9, opset: 20 },
  portable: { irVersion: 8, opset: 17 },
  'portable-20': { irVersion: 9, opset: 20 },
};

/** The domain of ONNX Runtime's contributed operators; only the target `runtime` has it. */
export const CONTRIBUTED = 'com.microsoft';
