import { markup } from '../html/html.ts';
import { amount, percent } from '../html/numbers.ts';
import { table } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import type { FreezingGroup } from '../run/run-config.ts';
import type { Section } from './section.ts';

function when({ parameterCount, trainedCount, thaws }: FreezingGroup): string {
  if (trainedCount === parameterCount) return 'from the start';
  const later = thaws.filter((each) => each !== 'never').join(', ');
  if (trainedCount === 0) return later === '' ? 'never' : later;
  return `${percent(trainedCount / parameterCount)} from the start${later === '' ? '' : `, ${later}`}`;
}

export const freezing: Section = {
  id: 'freezing',
  title: 'What was trained, what was frozen',
  render: ({ config: { freezingTable } }) => {
    if (freezingTable === undefined) return undefined;
    const { rows, parameterCount, trainedCount, strategy, sharedLayers } = freezingTable;
    return markup`<p>
        ${amount(trainedCount)} of ${amount(parameterCount)} parameters (${percent(trainedCount / parameterCount)})
        train from the first step on. Strategy:
        <code>${untrusted(strategy)}</code>.${sharedLayers && ' All layers have one set of parameters.'}
      </p>
      ${table(
        [
          { heading: 'group', cell: ({ group }) => untrusted(group, 80) },
          { heading: 'parameters', numeric: true, cell: ({ parameterCount: count }) => amount(count) },
          { heading: 'trains', cell: when },
          { heading: 'learning rate', numeric: true, cell: ({ learningRates }) => learningRates.join(', ') || '–' },
          { heading: 'weight decay', numeric: true, cell: ({ weightDecays }) => weightDecays.join(', ') || '–' },
        ],
        rows,
        'groups of parameters; rates are those before the schedule',
      )}`;
  },
};
