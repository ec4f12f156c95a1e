export type { TfjsNamespace } from './tensor-flow.ts';
export { tfjsEngine } from './tfjs-engine.ts';
export type { TfjsEngine, TfjsOptions } from './tfjs-engine.ts';
export { tfjsNodeEngine } from './tfjs-node-engine.ts';
export type { TfjsNodeOptions } from './tfjs-node-engine.ts';
