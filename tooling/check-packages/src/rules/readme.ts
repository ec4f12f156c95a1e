import { publishedName, type Rule } from '../rule.ts';

const EXAMPLE = /^```ts\n([\s\S]*?)^```$/m;
const LONGEST_EXAMPLE = 25;

/** A README is one sentence, the install line, a short example and a link to the public names. */
export const readme: Rule = (subject) => {
  const text = subject.files.get('README.md') ?? '';
  const name = publishedName(subject);
  const example = EXAMPLE.exec(text)?.[1]?.trimEnd().split('\n');
  const checks: readonly (readonly [boolean, string])[] = [
    [text.startsWith(`# ${name}\n\n`), `must begin with "# ${name}"`],
    [text.split('\n')[2] === subject.manifest.description, 'line 3 must be the description of package.json'],
    [text.includes(`\`\`\`sh\nnpm install ${name}`), `no install block "npm install ${name}"`],
    [example !== undefined, 'no example: add a ```ts block, which the tests run'],
    [(example?.length ?? 0) <= LONGEST_EXAMPLE, `the first example is longer than ${LONGEST_EXAMPLE} lines`],
    [text.includes('](src/index.ts)'), 'no link to the public names in src/index.ts'],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => `README.md: ${problem}`);
};
