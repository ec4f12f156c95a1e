import { GRAPH_PRECISIONS, type GraphPrecision } from '@sentence-mtl/model-files';

interface PrecisionOption {
  readonly kind: 'choice';
  readonly value: string;
  readonly choices: readonly GraphPrecision[];
  readonly help: string;
}

/** Of all commands that run a model. */
export const PRECISION_OPTION: PrecisionOption = {
  kind: 'choice',
  value: 'FORMAT',
  choices: GRAPH_PRECISIONS,
  help: 'run the graph that export has written in this number format (default: the model itself)',
};
