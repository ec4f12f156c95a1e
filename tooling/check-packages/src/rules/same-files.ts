import { isTest, type Rule } from '../rule.ts';

const FILES = ['README.md', 'exports.txt', 'package.json', 'src/index.ts', 'tsconfig.json', 'vitest.config.ts'];
const TEST_FOLDER = /(^|\/)(tests?|__tests__|spec)\//;

/** Every package has the same files, and its tests stand beside what they test. */
export const sameFiles: Rule = ({ files }) => [
  ...FILES.filter((file) => !files.has(file)).map((file) => `${file} is missing`),
  ...([...files.keys()].some(isTest) ? [] : ['no test: put one beside its module, src/x.test.ts']),
  ...[...files.keys()]
    .filter((file) => TEST_FOLDER.test(file))
    .map((file) => `${file}: tests stand beside their modules, not in a folder of their own`),
];
