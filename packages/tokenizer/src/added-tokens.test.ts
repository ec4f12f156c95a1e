import { expect, test } from 'vitest';
import { sectionSplitter, type AddedToken } from './added-tokens.ts';

const plain = { special: true, normalized: false, singleWord: false, stripLeft: false, stripRight: false };
const token = (content: string, id: number, change: Partial<AddedToken> = {}): readonly [string, AddedToken] => [
  content,
  { ...plain, ...change, content, id },
];
const cut = (text: string, ...tokens: (readonly [string, AddedToken])[]) =>
  sectionSplitter(tokens)(text).map((section) => (typeof section === 'string' ? section : section.id));

test('the longest token wins, and text around stays', () => {
  expect(cut('x<a><ab>y', token('<a', 1), token('<ab>', 2), token('<a>', 3))).toEqual(['x', 3, 2, 'y']);
});

test('a token that strips takes the white space along', () => {
  expect(cut('x  <m>  y', token('<m>', 1, { stripLeft: true }))).toEqual(['x', 1, '  y']);
  expect(cut('x  <m>  y', token('<m>', 1, { stripRight: true }))).toEqual(['x  ', 1, 'y']);
  expect(cut('<m> <m>', token('<m>', 1, { stripLeft: true, stripRight: true }))).toEqual([1, 1]);
});

test('a single-word token is none inside a word', () => {
  expect(cut('do redo do', token('do', 1, { singleWord: true }))).toEqual([1, ' redo ', 1]);
});

test('spellings are taken literally', () => {
  expect(cut('a.b axb', token('a.b', 1))).toEqual([1, ' axb']);
  expect(cut('', token('a', 1))).toEqual([]);
});
