export interface Example {
  /** Line of the page at which the code begins, from 1. */
  readonly line: number;
  readonly code: string;
  /** What the marks `// → text` say is printed, in their order. */
  readonly prints: readonly string[];
}

const CODE_BLOCK = /^```ts\n([\s\S]*?)^```$/gm;
const PRINT_MARK = /\/\/ → (.*)$/gm;

/** The TypeScript blocks of a Markdown text. A block marked other than `ts` is not an example. */
export function extractExamples(markdown: string): readonly Example[] {
  return [...markdown.matchAll(CODE_BLOCK)].map((block) => {
    const code = block[1] ?? '';
    return {
      line: markdown.slice(0, block.index).split('\n').length + 1,
      code,
      prints: [...code.matchAll(PRINT_MARK)].map((mark) => (mark[1] ?? '').trimEnd()),
    };
  });
}
