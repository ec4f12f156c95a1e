import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printFreezing } from '@sentence-mtl/freeze-strategies';
import type { TrainingEvent } from '@sentence-mtl/trainer';

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)} %`);

/** Of a record of metrics.jsonl. */
interface MetricRecord {
  readonly kind: string;
  readonly step: number;
  readonly loss?: number;
}

/** The losses of steps that the epoch in hand had before the run was stopped. */
function lossesBefore(folder: string, fromStep: number): readonly number[] {
  let losses: number[] = [];
  for (const line of readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n')) {
    const { kind, step, loss } = JSON.parse(line) as MetricRecord;
    if (step > fromStep) break;
    if (kind === 'evaluation') losses = [];
    else if (kind === 'step' && loss !== undefined) losses.push(loss);
  }
  return losses;
}

/**
 * Prints what trains, and then a line for each epoch: the mean loss of its steps, and each task's accuracy.
 *
 * @param folder the run's, in which a run that goes on finds the steps before
 */
export function epochLines(print: (line: string) => void, folder: string): (event: TrainingEvent) => void {
  let [loss, steps] = [0, 0];
  return (event) => {
    if (event.kind === 'started') {
      for (const before of event.fromStep > 0 ? lossesBefore(folder, event.fromStep) : []) {
        [loss, steps] = [loss + before, steps + 1];
      }
      print(printFreezing(event.freezing));
      const from = event.fromStep > 0 ? `, from step ${event.fromStep} on` : '';
      print(`${event.examples} texts, ${event.steps} steps in ${event.epochs} epochs${from}\n`);
    } else if (event.kind === 'step') {
      [loss, steps] = [loss + event.loss, steps + 1];
    } else if (event.kind === 'evaluated') {
      const accuracies = Object.entries(event.tasks).map(
        ([task, { metrics }]) => `${task} ${percent(metrics.accuracy?.value)}`,
      );
      print(`epoch ${event.epoch + 1}  loss ${(loss / steps).toFixed(4)}  accuracy: ${accuracies.join(', ')}`);
      [loss, steps] = [0, 0];
    }
  };
}
