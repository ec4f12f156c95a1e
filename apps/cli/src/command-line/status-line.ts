import type { Output } from './output.ts';

const ERASE = '\r\u001b[K';

/** The last line of a terminal, rewritten in place; notes are written above it. On anything else notes are all there is. */
export class StatusLine {
  readonly #output: Output;
  #shown = '';

  constructor(output: Output) {
    this.#output = output;
  }

  /** Puts a line in the place of the last. */
  show(line: string): void {
    if (!this.#output.isTerminal) return;
    this.#shown = line.slice(0, Math.max(0, this.#output.columns() - 1));
    this.#send(`${ERASE}${this.#shown}`);
  }

  clear(): void {
    if (this.#shown === '') return;
    this.#shown = '';
    this.#send(ERASE);
  }

  /** Writes a line that stays. */
  async note(text: string): Promise<void> {
    const [before, after] = this.#shown === '' ? ['', ''] : [ERASE, this.#shown];
    await this.#output.write(`${before}${text}\n${after}`);
  }

  /** What is shown is not the product: where nobody reads it, the work goes on. */
  #send(text: string): void {
    this.#output.write(text).catch(() => undefined);
  }
}
