import type { DType, HostTensor } from '@sentence-mtl/core';
import type { OnnxruntimeOptions } from '../onnxruntime-module.ts';
import type { SessionSettings } from '../runtime-session.ts';
import type { MessagePort } from 'node:worker_threads';
import type { SentError } from './sent-error.ts';

/** What the thread that serves sessions is given. */
export interface SessionService {
  readonly port: MessagePort;
  readonly options: OnnxruntimeOptions;
}

export interface OutputSpecification {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** What is asked of the thread; sessions are known by number. */
export type SessionRequest =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'create';
      readonly session: number;
      readonly model: Uint8Array<ArrayBuffer>;
      readonly settings: SessionSettings;
    }
  | {
      readonly kind: 'run';
      readonly session: number;
      readonly feeds: readonly (readonly [name: string, tensor: HostTensor])[];
      readonly outputs: readonly (readonly [name: string, output: OutputSpecification])[];
    }
  | { readonly kind: 'dispose'; readonly session: number }
  | { readonly kind: 'close' };

export type NumberedRequest = SessionRequest & { readonly id: number };

/** An answer has the number of its request: the runtime's description, the outputs of a run in their order, or neither. */
export interface SessionReply {
  readonly id: number;
  readonly error?: SentError;
  readonly runtime?: { readonly name: string; readonly threads: number };
  readonly outputs?: readonly HostTensor[];
}
