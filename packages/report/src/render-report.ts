import { markup, type Html } from './html/html.ts';
import { amount, counted } from './html/numbers.ts';
import { page, type PagePart } from './html/page.ts';
import { untrusted } from './html/untrusted.ts';
import { visibleText } from './html/visible-text.ts';
import type { RunRecord } from './run/run-record.ts';
import { SECTIONS } from './sections/sections.ts';

function introduction({ config, settings, data, timing }: RunRecord): Html {
  const tasks = Object.keys(config.tasks);
  const encoder = settings?.['encoder'];
  const finished = timing.findLast((each) => each.kind === 'run')?.finished.slice(0, 10);
  return markup`<p class="muted">
    ${counted(tasks.length, 'task')}
    (${tasks.map((name, i) => markup`${i > 0 && ', '}${untrusted(name, 80)}`)})${typeof encoder === 'string' && markup` on the encoder ${untrusted(encoder, 200)}`}${data !== undefined && `, ${amount(data.rows.train)} training rows`}${finished !== undefined && `, ${finished}`}
  </p>`;
}

/**
 * The report of a run: one HTML document with its styles and pictures, which fetches nothing and runs no script.
 *
 * The same record gives the same text. Whatever comes from the data is escaped.
 */
export function renderReport(run: RunRecord): string {
  const parts = SECTIONS.flatMap(({ id, title, render }): readonly PagePart[] => {
    const body = render(run);
    return body === undefined ? [] : [{ id, title, body }];
  });
  return page({
    title: `Run ${visibleText(run.name)}`,
    introduction: introduction(run),
    parts,
    footer: markup`Made by sentence-mtl from the files of the run’s folder; <code>sentence-mtl report</code> makes it
      anew.`,
  });
}
