import { markup } from '../html/html.ts';
import { valueText } from '../html/numbers.ts';
import { foldedTable, table } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import type { Section } from './section.ts';

const LONGEST = 300;
const SHOWN = 40;

export const settings: Section = {
  id: 'settings',
  title: 'Settings',
  render: ({ config, settings: given }) => {
    const entries = Object.entries(given ?? {}).filter(([, value]) => value !== null && valueText(value) !== '');
    const made = Object.entries(config.fingerprint);
    const value = ([, setting]: readonly [string, unknown]) =>
      markup`<code>${untrusted(valueText(setting), LONGEST)}</code>`;
    return markup`${
      entries.length > 0 &&
      markup`<p>
            Trained again with <code>--config train.json</code> of the run’s folder, these settings and the same rows
            give the same bytes on the same machine.
          </p>
          ${foldedTable(
            [
              { heading: 'setting', cell: ([name]) => untrusted(name) },
              { heading: 'value', cell: value },
            ],
            entries,
            { caption: 'settings that are not empty', shown: SHOWN },
          )}`
    }
      <details>
        <summary>What the run is made of, as hashes and names</summary>
        ${table(
          [
            { heading: 'part', cell: ([name]) => untrusted(name) },
            { heading: 'hash or name', cell: value },
          ],
          made,
          'a checkpoint is gone on with only by a run that is made of the same',
        )}
      </details>`;
  },
};
