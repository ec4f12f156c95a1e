import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderReport } from './render-report.ts';
import type { RunRecord } from './run/run-record.ts';
import { nastyRun } from './run.test.support.ts';
import { SECTIONS } from './sections/sections.ts';

const run = nastyRun();
const documentOf = (record: RunRecord): Document =>
  (parseHTML(renderReport(record)) as unknown as { readonly document: Document }).document;
const idsOf = (document: Document): readonly string[] =>
  Array.from(document.querySelectorAll('section'), ({ id }) => id);
const textOf = (document: Document, id: string): string => document.getElementById(id)?.textContent ?? '';

describe('renderReport', () => {
  it('has every section that applies, each with a link to it', () => {
    const document = documentOf(run);
    const ids = SECTIONS.map(({ id }) => id);
    expect(idsOf(document)).toEqual(ids);
    const links = Array.from(document.querySelectorAll('nav a'), (link) => link.getAttribute('href'));
    expect(links).toEqual(ids.map((id) => `#${id}`));
  });

  it('gives the same text for the same run', () => {
    expect(renderReport(nastyRun())).toBe(renderReport(nastyRun()));
  });

  it('forbids scripts and addresses by its policy, and has none', () => {
    const document = documentOf(run);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    expect(document.querySelectorAll('script, img, link, iframe, object, embed, form, [src]')).toHaveLength(0);
    const handlers = Array.from(document.querySelectorAll('*'), (element) => element.getAttributeNames()).flat();
    expect(handlers.filter((name) => name.startsWith('on'))).toEqual([]);
    expect(
      Array.from(document.querySelectorAll('a'), (a) => a.getAttribute('href')).every((href) => href?.startsWith('#')),
    ).toBe(true);
  });

  it('writes no number that is none', () => {
    expect(renderReport(run)).not.toMatch(/\b(NaN|undefined|Infinity|\[object)/);
  });

  it('describes each picture, and gives each of its marks of data a title', () => {
    const pictures = Array.from(documentOf(run).querySelectorAll('figure svg'));
    expect(pictures.length).toBeGreaterThan(15);
    for (const picture of pictures) {
      expect(picture.getAttribute('role')).toBe('img');
      expect(picture.getAttribute('aria-label')?.length).toBeGreaterThan(15);
      expect(picture.querySelectorAll('title').length).toBeGreaterThan(0);
    }
  });

  it('tells 150 labels apart: pairs with rows and examples, small matrices whose sums are right', () => {
    const section = documentOf(run).getElementById('confusions');
    const cells = Array.from(section?.querySelectorAll('.matrix td[title]') ?? []);
    const first = run.test?.tasks['intent']?.confusions[0];
    const cell = cells.find((each) =>
      each.getAttribute('title')?.startsWith(`${first?.label} predicted as ${first?.predicted}:`),
    );
    expect(cell?.textContent).toBe(String(first?.rows));
    expect(section?.querySelectorAll('.matrix').length).toBeGreaterThan(5);
    expect(
      Math.max(...Array.from(section?.querySelectorAll('.matrix tbody') ?? [], ({ children }) => children.length)),
    ).toBeLessThanOrEqual(8);
  });

  it('shows a task of few labels as one matrix', () => {
    const document = documentOf(nastyRun(6));
    const bodies = Array.from(document.querySelectorAll('#confusions .matrix tbody'));
    expect(bodies.map(({ children }) => children.length)).toEqual([6]);
  });

  it('gives each label a bar of its own, also where names are cut to the same', () => {
    const long = 'a label of which the end tells';
    const sides = {
      train: { rows: 9, counts: [4, 3, 2] },
      validation: { rows: 0, counts: [] },
      test: { rows: 0, counts: [] },
    };
    const use = { kind: 'classification', labels: [`${long} one`, `${long} another`, 'two\nlines'], sides };
    const data = run.data === undefined ? undefined : { ...run.data, tasks: { intent: use } };
    const picture = documentOf({ ...run, data }).querySelector('#data .pictures svg');
    const bars = Array.from(picture?.querySelectorAll('rect') ?? []);
    expect(new Set(bars.map((bar) => bar.getAttribute('y'))).size).toBe(3);
    expect(bars.map((bar) => bar.textContent)).toEqual([
      `${long} one: 4 rows`,
      `${long} another: 3 rows`,
      'two\nlines: 2 rows',
    ]);
    expect(picture?.querySelector('[aria-label="y-axis tick label"]')?.textContent).toContain('two lines');
  });

  it('says what a run without test rows, or without validation rows, cannot tell', () => {
    const { results: _, test: __, ...untested } = run;
    const data = run.data === undefined ? undefined : { ...run.data, rows: { train: 10, validation: 0, test: 0 } };
    const document = documentOf({ ...untested, data, metrics: run.metrics.filter(({ kind }) => kind === 'step') });
    expect(textOf(document, 'results')).toContain('This run has no test rows');
    expect(textOf(document, 'curves')).toContain('The run has no validation rows');
    expect(idsOf(document)).not.toContain('confusions');
  });

  it('is made of a run that has only just begun', () => {
    const { name, config } = run;
    const document = documentOf({ name, config, metrics: [], timing: [] });
    expect(textOf(document, 'curves')).toContain('no step yet');
    expect(textOf(document, 'results')).toContain('has not been measured');
  });
});
