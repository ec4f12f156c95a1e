import { chromium, type Browser as PlaywrightBrowser } from 'playwright-core';
import { BROWSER_ABSENCE, findChromium } from './find-chromium.ts';
import { openPage } from './open-page.ts';
import type { OpenedPage } from './opened-page.ts';

export interface OpenPageOptions {
  /** CSS pixels; 1280. */
  readonly width?: number;
  /** CSS pixels; 900. */
  readonly height?: number;
  /** `light`. */
  readonly colorScheme?: 'light' | 'dark';
}

/** Chromium grants root no sandbox, and the shared memory of a container is often too small for it. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
/** Milliseconds for what takes one or two: a hang ends, and a machine that does other things meanwhile is no hang. */
const PATIENCE = 300_000;

/** The Chromium of this machine, without a window. Each page has a profile of its own. */
export class Browser implements AsyncDisposable {
  readonly #browser: PlaywrightBrowser;

  private constructor(browser: PlaywrightBrowser) {
    this.#browser = browser;
  }

  /** @throws {Error} there is none, or it does not start */
  static async launch(): Promise<Browser> {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error(BROWSER_ABSENCE);
    return new Browser(await chromium.launch({ executablePath, args: ARGUMENTS, timeout: PATIENCE }));
  }

  async open(url: string, options: OpenPageOptions = {}): Promise<OpenedPage> {
    const { width = 1280, height = 900, colorScheme = 'light' } = options;
    const context = await this.#browser.newContext({ viewport: { width, height }, colorScheme });
    context.setDefaultTimeout(PATIENCE);
    return openPage(context, url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
