import { DisposedError, type Parameters } from '@sentence-mtl/core';
import { bindInputs, type Engine, type Executable, type InputTypes, type Value } from '@sentence-mtl/program';
import { encodingProgram, takesPromptLength, type EncodingOutput } from './encoding-program.ts';
import type { SentenceModel } from './sentence-model.ts';

/** A compiled program that encodes, and what it is fed besides the tokens. */
export interface EncodingRun {
  readonly executable: Executable<InputTypes, { readonly embedding: Value<'float32'> }>;
  readonly parameters: Parameters;
  readonly takesPromptLength: boolean;
}

/** The programs of an encoder, each compiled when it is first asked for. */
export class EncodingPrograms {
  readonly #model: SentenceModel;
  readonly #engine: Engine;
  readonly #bind: boolean;
  readonly #compiled = new Map<EncodingOutput, Promise<EncodingRun>>();
  #disposed = false;

  /** @param bind makes the parameters a part of the programs, in place of feeding them to each run */
  constructor(model: SentenceModel, engine: Engine, bind: boolean) {
    this.#model = model;
    this.#engine = engine;
    this.#bind = bind;
  }

  /** @throws DisposedError after `dispose` */
  get(output: EncodingOutput): Promise<EncodingRun> {
    if (this.#disposed) throw new DisposedError('this encoder has been disposed of; load it again');
    const compiled = this.#compiled.get(output) ?? this.#compile(output);
    this.#compiled.set(output, compiled);
    return compiled;
  }

  async #compile(output: EncodingOutput): Promise<EncodingRun> {
    const { config, parameters } = this.#model;
    const program = encodingProgram(config, output);
    const executable = await this.#engine.compile(this.#bind ? bindInputs(program, parameters) : program);
    return {
      executable,
      parameters: this.#bind ? new Map() : parameters,
      takesPromptLength: takesPromptLength(config, output),
    };
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
