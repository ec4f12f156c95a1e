import { printFreezing } from '@sentence-mtl/freeze-strategies';
import type { TrainingEvent } from '@sentence-mtl/trainer';

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)} %`);

/** Prints what trains, and then a line for each epoch: the mean loss of its steps, and each task's accuracy. */
export function epochLines(print: (line: string) => void): (event: TrainingEvent) => void {
  let [loss, steps] = [0, 0];
  return (event) => {
    if (event.kind === 'started') {
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
