import { expect, it } from 'vitest';
import { parseImportTable } from './import-table.ts';

it('reads the rows up to the end of the table', () => {
  const table = parseImportTable(
    'Text\n\n| package | may import  | from outside |\n| --- | --- | --- |\n| a | – | – |\n| b | a, c | `x`, `node:fs` |\n\n| not | a | row |\n',
  );
  expect([...table.keys()]).toEqual(['a', 'b']);
  expect(table.get('b')).toEqual({ packages: ['a', 'c'], outside: ['x', 'node:fs'] });
});

it('refuses a text without the table', () => {
  expect(() => parseImportTable('nothing')).toThrow('no table');
});
