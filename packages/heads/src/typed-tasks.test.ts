// What the compiler knows of tasks; the build checks it, a run only that it does not throw.
import { expectTypeOf, it } from 'vitest';
import type { ClassPrediction } from './class-prediction.ts';
import { classification } from './kinds/classification.ts';
import { embedding } from './kinds/embedding.ts';
import { multiLabel } from './kinds/multi-label.ts';
import { pairClassification } from './kinds/pair-classification.ts';
import { pairSimilarity } from './kinds/pair-similarity.ts';
import { regression, type RegressionTask } from './kinds/regression.ts';
import type { LabelOf, PredictionOf } from './task-kinds.ts';
import { predictionsOf } from './task-outputs.ts';
import { defineTasks, type PairTaskName, type Predictions, type Tasks, type TextTaskName } from './tasks.ts';

const tasks = defineTasks({
  intent: classification(['refund', 'cancel']),
  tags: multiLabel(['urgent', 'angry'], { thresholds: { urgent: 0.3 } }),
  mood: regression(),
  axes: regression({ size: 2 }),
  alike: pairSimilarity({ range: [0, 5] }),
  follows: pairClassification(['yes', 'no', 'maybe']),
  near: embedding(),
});
type Model = typeof tasks;

it('predictions have the labels of their task', () => {
  expectTypeOf<Predictions<Model>['intent']['label']>().toEqualTypeOf<'refund' | 'cancel'>();
  expectTypeOf<Predictions<Model>['intent']['scores']>().toEqualTypeOf<Readonly<Record<'refund' | 'cancel', number>>>();
  expectTypeOf<Predictions<Model>['tags']['labels']>().toEqualTypeOf<readonly ('urgent' | 'angry')[]>();
  expectTypeOf<Predictions<Model>['mood']>().toEqualTypeOf<{ readonly value: number }>();
  expectTypeOf<Predictions<Model>['axes']>().toEqualTypeOf<{ readonly values: readonly number[] }>();
  expectTypeOf<Predictions<Model>['alike']>().toEqualTypeOf<{ readonly score: number }>();
  expectTypeOf<Predictions<Model>['follows']['label']>().toEqualTypeOf<'yes' | 'no' | 'maybe'>();
  expectTypeOf<PredictionOf<Model['near']>>().toBeNever();
  expectTypeOf<TextTaskName<Model>>().toEqualTypeOf<'intent' | 'tags' | 'mood' | 'axes'>();
  expectTypeOf<PairTaskName<Model>>().toEqualTypeOf<'alike' | 'follows'>();
  expectTypeOf<TextTaskName<Tasks>>().toEqualTypeOf<string>();
});

it('a run of a task gives its predictions', () => {
  const [first] = predictionsOf(tasks.intent, []);
  expectTypeOf(first).toEqualTypeOf<ClassPrediction<'refund' | 'cancel'> | undefined>();
});

it('labels are those of their task', () => {
  expectTypeOf<LabelOf<Model['intent']>>().toEqualTypeOf<'refund' | 'cancel'>();
  expectTypeOf<LabelOf<Model['tags']>>().toEqualTypeOf<readonly ('urgent' | 'angry')[]>();
  expectTypeOf<LabelOf<Model['mood']>>().toEqualTypeOf<number>();
  expectTypeOf<LabelOf<Model['axes']>>().toEqualTypeOf<readonly number[]>();
});

it('a task read from a file has the predictions of any of its kind', () => {
  expectTypeOf<PredictionOf<RegressionTask>>().toEqualTypeOf<
    { readonly value: number } | { readonly values: readonly number[] }
  >();
});

it('a wrong task or label is refused by the compiler', () => {
  const refused = (): void => {
    // @ts-expect-error there is no such task
    void tasks.intend;
    // @ts-expect-error there is no such label
    classification(['refund', 'cancel'], { loss: { type: 'crossEntropy', classWeights: { refnd: 2 } } });
    // @ts-expect-error there is no such label
    multiLabel(['urgent'], { thresholds: { urgnt: 0.5 } });
    // @ts-expect-error there is no such loss
    regression({ loss: { type: 'crossEntropy' } });
    // @ts-expect-error a label of another task
    const wrong: Predictions<Model>['intent']['label'] = 'yes';
    void wrong;
  };
  expectTypeOf(refused).toBeFunction();
});
