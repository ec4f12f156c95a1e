import { DisposedError } from '@sentence-mtl/core';
import type { ProgramOutputs, Value } from '@sentence-mtl/program';
import { encodingProgram, takesPromptLength, type EncodingOutput } from './encoding-program.ts';
import { compileRun, type EncodingRun, type EncodingRuntime } from './encoding-run.ts';
import type { SentenceModel } from './sentence-model.ts';

/** What a program that encodes gives. */
export interface EncodingOutputs extends ProgramOutputs {
  /** (B, E), or (B, T, D) for tokens. */
  readonly embedding: Value<'float32'>;
}

/** The programs of an encoder, each compiled when it is first asked for. */
export class EncodingPrograms {
  readonly #model: SentenceModel;
  readonly #runtime: EncodingRuntime;
  readonly #compiled = new Map<EncodingOutput, Promise<EncodingRun<EncodingOutputs>>>();
  #disposed = false;

  constructor(model: SentenceModel, runtime: EncodingRuntime) {
    this.#model = model;
    this.#runtime = runtime;
  }

  /** @throws DisposedError after `dispose` */
  get(output: EncodingOutput): Promise<EncodingRun<EncodingOutputs>> {
    if (this.#disposed) throw new DisposedError('this encoder has been disposed of; load it again');
    const compiled = this.#compiled.get(output) ?? this.#compile(output);
    this.#compiled.set(output, compiled);
    return compiled;
  }

  async #compile(output: EncodingOutput): Promise<EncodingRun<EncodingOutputs>> {
    const { config, parameters } = this.#model;
    return compileRun<EncodingOutputs>(this.#runtime, {
      programFrom: (start) => encodingProgram(config, output, start),
      parameters,
      takesPromptLength: takesPromptLength(config, output),
    });
  }

  /** Frees the native memory, after the runs in hand. A second call does nothing. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const all = await Promise.allSettled(this.#compiled.values());
    this.#compiled.clear();
    await Promise.all(
      all.map(async (each) => (each.status === 'fulfilled' ? each.value.executable.dispose() : undefined)),
    );
  }
}
