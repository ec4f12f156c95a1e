import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, BROWSER_ABSENCE } from '@sentence-mtl/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from './render-report.ts';
import { nastyRun } from './run.test.support.ts';
import { SECTIONS } from './sections/sections.ts';

if (BROWSER_ABSENCE !== undefined) console.log(BROWSER_ABSENCE);

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const url = pathToFileURL(join(folder, 'report.html')).href;
writeFileSync(join(folder, 'report.html'), renderReport(nastyRun()));
afterAll(() => rmSync(folder, { recursive: true }));

/** The lowest contrast of text with what it stands on, of all elements that have text of their own (WCAG 2.1). */
const LOWEST_CONTRAST = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (colour) => { const [r, g, b] = rgb(colour).map((v) => { const c = v / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (element) => { for (let e = element; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] === 255) return c; } return 'white'; };
  let lowest = { contrast: 21 };
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue;
    if (element.tagName === 'title') continue;
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [light(ink), light(ground(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < lowest.contrast) lowest = { contrast, text: element.textContent.slice(0, 40), tag: element.tagName };
  }
  return lowest;
})()`;

/** For a machine that does other things meanwhile. */
const PATIENCE = 300_000;

describe.skipIf(BROWSER_ABSENCE !== undefined)(
  BROWSER_ABSENCE ?? 'report.html in Chromium',
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await Browser.launch();
    }, PATIENCE);
    afterAll(async () => {
      await browser[Symbol.asyncDispose]();
    }, PATIENCE);

    const views = [
      { width: 1280, colorScheme: 'light' },
      { width: 1280, colorScheme: 'dark' },
      { width: 390, colorScheme: 'light' },
      { width: 390, colorScheme: 'dark' },
    ] as const;

    it.each(views)('at $width px, $colorScheme: no error, no request, nothing sideways, legible', async (view) => {
      await using page = await browser.open(url, view);
      expect(page.errors).toEqual([]);
      expect(page.requests).toEqual([url]);
      expect(await page.overflow()).toBe(0);
      await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
      expect(await page.overflow()).toBe(0);
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(background).toBe(view.colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(15, 19, 24)');
      expect(await page.evaluate(LOWEST_CONTRAST)).toMatchObject({
        contrast: expect.toSatisfy((value) => value >= 4.5) as unknown,
      });
    });

    it('shows texts with markup as text, and runs nothing of them', async () => {
      await using page = await browser.open(url);
      expect(await page.evaluate('globalThis.stolen')).toBeUndefined();
      expect(await page.evaluate(`[...document.querySelectorAll('section')].map(({ id }) => id)`)).toEqual(
        SECTIONS.map(({ id }) => id),
      );
      expect(await page.evaluate(`document.querySelector('#errors blockquote').innerText`)).toBe(
        '<script>globalThis.stolen = 1</script>',
      );
      expect(await page.evaluate(`document.querySelectorAll('main script, main img, svg[onload]').length`)).toBe(0);
    });

    it('gives each mark of a heat map its place: no picture is empty', async () => {
      await using page = await browser.open(url);
      const empty = await page.evaluate(
        `[...document.querySelectorAll('figure svg')].filter((svg) => [...svg.querySelectorAll('circle, rect, path')].every((mark) => mark.getBoundingClientRect().width === 0)).length`,
      );
      expect(empty).toBe(0);
    });
  },
);
