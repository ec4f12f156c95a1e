import { ArgumentError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { TaskConfigError } from './errors.ts';
import { classification } from './kinds/classification.ts';
import { embedding } from './kinds/embedding.ts';
import { multiLabel } from './kinds/multi-label.ts';
import { pairClassification } from './kinds/pair-classification.ts';
import { pairSimilarity } from './kinds/pair-similarity.ts';
import { regression } from './kinds/regression.ts';
import { fitTask } from './labels.ts';
import { evaluatedOutputs, predictionsOf } from './task-outputs.ts';

const [ln2, ln3] = [Math.log(2), Math.log(3)];
const logits = float32Tensor([0, ln3, 0, 1000, 0, 0], [2, 3]); // 1/5, 3/5, 1/5; then 1, 0, 0

describe('predictions of classes', () => {
  const task = classification(['a', 'b', 'c']);

  it('have a label, its confidence and a score for each', () => {
    const [first, second] = predictionsOf(task, [logits]);
    expect(first?.label).toBe('b');
    expect(first?.confidence).toBeCloseTo(0.6, 6);
    expect(first?.scores.a).toBeCloseTo(0.2, 6);
    expect(Object.keys(first ?? {})).toEqual(['label', 'confidence', 'scores']);
    expect(second).toMatchObject({ label: 'a', confidence: 1, scores: { a: 1, b: 0, c: 0 } });
  });

  it('list the best where asked, the first of equal ones first', () => {
    const [first] = predictionsOf(task, [logits], { topK: 2 });
    expect(first?.top?.map(({ label }) => label)).toEqual(['b', 'a']);
    expect(predictionsOf(task, [logits], { topK: 9 })[0]?.top).toHaveLength(3);
    for (const topK of [0, 1.5, NaN, -1]) expect(() => predictionsOf(task, [logits], { topK })).toThrow(ArgumentError);
  });

  it('give metrics classes, probabilities and labels', () => {
    const labels = int32Tensor([-100, 0], [2]);
    const evaluated = evaluatedOutputs(pairClassification(['a', 'b', 'c']), [logits], labels);
    expect(evaluated).toMatchObject({ kind: 'pair-classification', labelCount: 3, labels: labels.data });
    expect('predictions' in evaluated ? Array.from(evaluated.predictions) : []).toEqual([1, 0]);
  });

  it('survive labels that look like numbers', () => {
    const [first] = predictionsOf(classification(['2', '1', '0']), [logits]);
    expect(first?.label).toBe('1');
    expect(first?.scores['1']).toBeCloseTo(0.6, 6);
  });
});

describe('predictions of tags', () => {
  const task = multiLabel(['urgent', 'angry', 'long'], { threshold: 0.6, thresholds: { angry: 0.3 } });
  const tags = float32Tensor([ln2, -ln2, 0], [1, 3]); // 2/3, 1/3, 1/2

  it('are the labels that reach their thresholds', () => {
    const [first] = predictionsOf(task, [tags], { topK: 1 });
    expect(first?.labels).toEqual(['urgent', 'angry']);
    expect(first?.scores.long).toBeCloseTo(0.5, 6);
    expect(first?.top?.map(({ label }) => label)).toEqual(['urgent']);
  });

  it('give metrics the same, a threshold reached included', () => {
    const exact = multiLabel(['a'], { threshold: 0.5 });
    const labels = float32Tensor([1], [1, 1]);
    const zero = float32Tensor([0], [1, 1]);
    expect(predictionsOf(exact, [zero])[0]?.labels).toEqual(['a']);
    const evaluated = evaluatedOutputs(exact, [zero], labels);
    expect(evaluated).toMatchObject({ kind: 'multi-label', labelCount: 1, predictions: Uint8Array.of(1) });
    expect(evaluatedOutputs(task, [tags], labels)).toMatchObject({ predictions: Uint8Array.of(1, 1, 0) });
  });
});

describe('predictions of numbers', () => {
  const outputs = float32Tensor([0, 1, -2, 0.5], [2, 2]);

  it('are numbers in the units of the targets', () => {
    const task = fitTask('axes', regression({ size: 2, standardize: true }), [
      [10, 5],
      [30, 5],
    ]);
    expect(predictionsOf(task, [outputs])).toEqual([{ values: [20, 6] }, { values: [0, 5.5] }]);
    expect(evaluatedOutputs(task, [outputs], outputs)).toMatchObject({ kind: 'regression', width: 2 });
    expect(predictionsOf(regression(), [float32Tensor([1.5], [1, 1])])).toEqual([{ value: 1.5 }]);
  });

  it('are none before the scale of the targets is known', () => {
    const task = regression({ size: 2, standardize: true });
    expect(() => predictionsOf(task, [outputs])).toThrow(TaskConfigError);
    expect(() => predictionsOf(task, [outputs])).toThrow('is not fitted yet; fitTask does that');
  });
});

describe('predictions of pairs', () => {
  it('are cosines on the scale of the scores', () => {
    const task = pairSimilarity({ range: [1, 5] });
    const cosines = float32Tensor([0, 0.5, 1], [3]);
    expect(predictionsOf(task, [cosines])).toEqual([{ score: 1 }, { score: 3 }, { score: 5 }]);
    const evaluated = evaluatedOutputs(task, [cosines], cosines);
    expect(evaluated).toMatchObject({ kind: 'pair-similarity', predictions: Float64Array.of(1, 3, 5) });
  });

  it('are none of a task of embeddings, which metrics compare instead', () => {
    const x = float32Tensor([3, 4, 1, 0], [2, 2]);
    const y = float32Tensor([4, 3, 0, 2], [2, 2]);
    const labels = float32Tensor([1, 0], [2]);
    const pairs = embedding({ loss: { type: 'contrastive' } });
    expect(predictionsOf(pairs, [x, y])).toEqual([]);
    expect(evaluatedOutputs(pairs, [x, y], labels)).toMatchObject({
      kind: 'pair-similarity',
      predictions: Float64Array.of(0.96, 0),
    });
    expect(evaluatedOutputs(embedding(), [x, y], labels)).toMatchObject({
      kind: 'embedding',
      dimension: 2,
      queries: x.data,
      documents: y.data,
    });
  });
});
