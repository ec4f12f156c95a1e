/** A page, and what has happened in it since it was opened. No type of the driver is in it, whose types need a DOM. */
export interface OpenedPage extends AsyncDisposable {
  /** What the page has written to its console, as `type: text`. */
  readonly messages: readonly string[];
  /** Exceptions that nothing has caught, and errors on the console, such as a breach of the content security policy. */
  readonly errors: readonly string[];
  /** The addresses that the page has asked for, its own first. */
  readonly requests: readonly string[];
  /** The value of an expression in the page, which comes through JSON; a promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /**
   * Waits until an expression in the page is neither undefined nor null, such as `globalThis.result`, and gives its value.
   *
   * @param timeout in milliseconds; 60,000
   * @throws {Error} it stays undefined; with what the page has said
   */
  result(expression: string, timeout?: number): Promise<unknown>;
  /** Clicks on the first element that a CSS selector finds. */
  click(selector: string): Promise<void>;
  /** Of the whole page, or of the first element that a CSS selector finds, as a PNG file. */
  screenshot(path: string, selector?: string): Promise<void>;
  /** How many CSS pixels of the page stand out of the window at its right side; 0 where nobody scrolls sideways. */
  overflow(): Promise<number>;
}
