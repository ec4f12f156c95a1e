import { isPublished, type Rule } from '../rule.ts';

const COMMANDS: Readonly<Record<string, string>> = {
  build: 'tsc -b',
  'check-package': 'publint --strict && attw --pack . --profile esm-only',
  test: 'vitest run --reporter=default --reporter=json --outputFile.json=.results/tests.json',
};

/** The scripts that turbo runs are the same everywhere; what is not published may do without tests. */
export const scripts: Rule = (subject) => {
  const { scripts: own = {} } = subject.manifest;
  const optional = isPublished(subject) ? [] : ['check-package', 'test'];
  return Object.entries(COMMANDS)
    .filter(([name, command]) => own[name] !== command && !(optional.includes(name) && own[name] === undefined))
    .map(([name, command]) => `package.json: script ${name} must be "${command}"`);
};
