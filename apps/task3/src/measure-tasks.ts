import { evaluateTask } from '@sentence-mtl/evaluation';
import type { ClassificationTask } from '@sentence-mtl/heads';
import { MultiTaskModel, type TaskModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { TaskData } from './experiment-data.ts';

/** A task's accuracy, from 0 to 1, on so many validation rows. */
export interface Measured {
  readonly accuracy: number;
  readonly rows: number;
  /** A `1` for each row that is right, a `0` for each that is wrong, in their order. */
  readonly hits: string;
}

export type MeasuredTasks = Readonly<Record<string, Measured>>;

/** Measures the tasks that a model has and that there are validation rows of. */
export async function measureTasks(
  model: TaskModel<Readonly<Record<string, ClassificationTask>>>,
  data: Readonly<Record<string, TaskData>>,
  engine: Engine,
): Promise<MeasuredTasks> {
  await using running = new MultiTaskModel(model, { engine });
  const measured: Record<string, Measured> = {};
  for (const [name, { labels }] of Object.entries(model.tasks)) {
    const rows = data[name]?.validation ?? [];
    if (rows.length === 0) continue;
    const texts = rows.map(({ texts: [text = ''] }) => text);
    const predicted = await running.predict(texts, { tasks: [name] });
    const [predictions, truths] = [
      predicted.map((row) => labels.indexOf(row[name]?.label ?? '')),
      rows.map((row) => labels.indexOf(String(row.labels[name]))),
    ];
    const { metrics } = evaluateTask({
      kind: 'classification',
      labelCount: labels.length,
      predictions,
      labels: truths,
    });
    const hits = truths.map((truth, row) => (truth === predictions[row] ? '1' : '0')).join('');
    measured[name] = { accuracy: metrics.accuracy?.value ?? NaN, rows: rows.length, hits };
  }
  return measured;
}
