import type { ClassPrediction } from '@sentence-mtl/heads';
import type { Example } from '@sentence-mtl/trainer';
import type { ClassificationTasks } from './labelled-texts.ts';

/** Characters of a text that are shown. */
const SHOWN = 100;

/** Numbers and booleans, as data files have them, are spelled out. */
function labelText(label: unknown): string | undefined {
  return typeof label === 'string' || typeof label === 'number' || typeof label === 'boolean' ? `${label}` : undefined;
}

/** A text with the predicted and the true label of each task, and what they mean. */
export function predictionLines(
  tasks: ClassificationTasks,
  { texts: [text = ''], labels }: Example,
  predicted: Readonly<Record<string, ClassPrediction<string>>>,
): string {
  const width = Math.max(...Object.keys(tasks).map((task) => task.length));
  const lines = Object.entries(predicted).flatMap(([task, { label, confidence }]) => {
    const described = (each: string): string => {
      const description = tasks[task]?.descriptions[each];
      return description === undefined ? each : `${each} (${description})`;
    };
    const truth = labelText(labels[task]);
    const verdict = truth === label ? '' : '  ← wrong';
    return [
      `   ${task.padEnd(width)}  predicted  ${described(label)}, ${(confidence * 100).toFixed(0)} % sure`,
      `   ${''.padEnd(width)}  true       ${truth === undefined ? 'not known' : `${described(truth)}${verdict}`}`,
    ];
  });
  return [text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text, ...lines].join('\n');
}
