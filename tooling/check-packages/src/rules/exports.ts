import { exportNames, exportsFile } from '../export-names.ts';
import { moduleSpecifiers } from '../module-specifiers.ts';
import type { Rule } from '../rule.ts';

/** src/index.ts is a list of named re-exports, and exports.txt is the reviewed snapshot of their names (its absence is told by `sameFiles`). */
export const exports: Rule = ({ folder, files }) => {
  const index = files.get('src/index.ts') ?? '';
  const { names, rest } = exportNames(index);
  const snapshot = files.get('exports.txt');
  if (snapshot === undefined) return [];
  const recorded = snapshot.split('\n').filter((name) => name !== '');
  return [
    ...(rest === '' ? [] : [`src/index.ts: only named re-exports may stand there, not "${rest.split('\n')[0]}"`]),
    ...moduleSpecifiers(index)
      .filter((specifier) => folder.startsWith('packages/') && !specifier.startsWith('./'))
      .map((specifier) => `src/index.ts: re-exports from ${specifier}; a name has one home, only an app joins several`),
    ...names
      .filter((name) => !recorded.includes(name))
      .map((name) => `exports.txt: ${name} is exported but not listed`),
    ...recorded
      .filter((name) => !names.includes(name))
      .map((name) => `exports.txt: ${name} is listed but not exported`),
    ...(snapshot === exportsFile(recorded.toSorted()) ? [] : ['exports.txt: the names are not sorted, one a line']),
  ];
};
