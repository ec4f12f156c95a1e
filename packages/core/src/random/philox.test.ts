import { expect, test } from 'vitest';
import { philox, type PhiloxStream } from './philox.ts';

// The known answers of Random123's kat_vectors: counter, key, output.
const knownAnswers = [
  '00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8',
  'ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd',
  '243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1',
];

test.each(knownAnswers)('Philox4x32-10 of counter and key %s', (line) => {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, key0 = 0, key1 = 0, ...answer] = line
    .split(' ')
    .map((word) => parseInt(word, 16));
  const stream: PhiloxStream = [key0, key1, c2, c3];
  const words = new Uint32Array(6);
  philox(stream, c0, c1, words, 1);
  expect([...words]).toEqual([0, ...answer, 0]);
});
