import { expect, it } from 'vitest';
import { classifierLayouts, huggingFaceHead, huggingFaceHeadNames, isHuggingFaceHead } from './hugging-face-head.ts';
import { classification } from './kinds/classification.ts';
import { taskParameterSpecs } from './task-program.ts';

const architectures = Object.keys(classifierLayouts) as readonly (keyof typeof classifierLayouts)[];

it.each(architectures)('the head of %s has the parameters that its checkpoint names', (architecture) => {
  const head = huggingFaceHead(architecture, 8, 0.25);
  const task = classification(['a', 'b', 'c'], { head });
  const specs = taskParameterSpecs('mood', task, { embedding: 5, tokens: 8 });
  expect([...huggingFaceHeadNames(architecture, 'mood').keys()]).toEqual([...specs.keys()]);
  expect(specs.get('heads.mood.hidden.0.weight')?.shape).toEqual([8, 8]);
  expect(isHuggingFaceHead(architecture, 8, task.head)).toBe(true);
});

it('a head of our own, or of another architecture, is none of them', () => {
  const own = classification(['a', 'b']).head;
  expect(architectures.some((architecture) => isHuggingFaceHead(architecture, 8, own))).toBe(false);
  const electra = huggingFaceHead('electra', 8, 0);
  expect(isHuggingFaceHead('roberta', 8, electra)).toBe(false);
  expect(isHuggingFaceHead('electra', 16, electra)).toBe(false);
});
