import type { ClassCounts } from '../label-counts.ts';
import { noted, undefinedMetric, type Metric } from '../metric.ts';

/** The mean recall of the classes that some row has; the others are left out, with a note. */
export function balancedAccuracy({ truePositives, labelled, rows }: ClassCounts): Metric {
  if (rows === 0) return undefinedMetric('no-rows');
  let [sum, classes] = [0, 0];
  labelled.forEach((support, label) => {
    if (support === 0) return;
    sum += (truePositives[label] ?? 0) / support;
    classes++;
  });
  const note = classes === 1 ? 'one-class' : classes < labelled.length ? 'labels-left-out' : undefined;
  return noted(sum / classes, note);
}
