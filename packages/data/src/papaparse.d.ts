/** The part of papaparse that is used here; its published types need the DOM's. */
declare module 'papaparse' {
  interface ParserConfig {
    readonly delimiter: string;
    readonly newline: '\n';
    /** No cell is quoted: lines and cells are split. Default: only where the input has no quote. */
    readonly fastMode?: boolean;
  }
  interface ParserResult {
    readonly data: readonly (readonly string[])[];
    /** `index` is that of the first character behind the quote that opens the cell. */
    readonly errors: readonly { readonly row: number; readonly index: number }[];
    readonly meta: { readonly cursor: number };
  }
  class Parser {
    constructor(config: ParserConfig);
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult;
  }
  const papaparse: { readonly Parser: typeof Parser };
  export default papaparse;
}
