import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '@sentence-mtl/package-tests';
import { compile } from './compile.ts';
import { runProcess, type Place } from './run-process.ts';

/** What a mark of an example says is printed, and the lines that were printed instead. */
export interface Missing {
  readonly line: number;
  readonly expected: string;
  readonly printed: readonly string[];
}

/** The first mark that no line printed after those of the marks before it is equal to. */
function firstMissing({ line, prints }: Example, printed: readonly string[]): Missing | undefined {
  let from = 0;
  for (const expected of prints) {
    const at = printed.indexOf(expected, from);
    if (at < 0) return { line, expected, printed };
    from = at + 1;
  }
  return undefined;
}

/** Compiles the examples in a project and runs each in a process of its own; returns what they should have printed. */
export async function runExamples(
  examples: readonly Example[],
  { cwd, env }: Place,
  root: string,
): Promise<readonly Missing[]> {
  const names = examples.map((_, index) => `example-${index}`);
  examples.forEach(({ code }, index) => writeFileSync(join(cwd, `${names[index]}.ts`), code));
  const files = names.map((name) => `${name}.ts`);
  await compile(root, cwd, files, join(root, 'node_modules/@types'));
  const missing: Missing[] = [];
  for (const [index, example] of examples.entries()) {
    const { stdout } = await runProcess('node', [`${names[index]}.js`], { cwd, env });
    const found = firstMissing(example, stdout.trimEnd().split('\n'));
    if (found !== undefined) missing.push(found);
  }
  return missing;
}
