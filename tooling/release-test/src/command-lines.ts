const SHELL_BLOCK = /^```sh\n([\s\S]*?)^```$/gm;
const PROGRAM = 'npx sentence-mtl ';

/** The command lines of this program in the `sh` blocks of a page, in their order, without their comments. */
export function commandLines(markdown: string): readonly string[] {
  return [...markdown.matchAll(SHELL_BLOCK)]
    .flatMap((block) => (block[1] ?? '').split('\n'))
    .filter((line) => line.startsWith(PROGRAM))
    .map((line) => line.replace(/\s+# .*$/, ''));
}
