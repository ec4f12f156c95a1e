import type { BrowserContext, Page } from 'playwright-core';
import type { OpenedPage } from './opened-page.ts';

interface Log {
  readonly messages: readonly string[];
  readonly errors: readonly string[];
  readonly requests: readonly string[];
}

function listen(page: Page): Log {
  const messages: string[] = [];
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    messages.push(`${message.type()}: ${message.text()}`);
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('crash', () => errors.push('the page has crashed'));
  page.on('request', (request) => requests.push(request.url()));
  return { messages, errors, requests };
}

async function evaluate(page: Page, expression: string): Promise<unknown> {
  const json = await page.evaluate<string | undefined>(`Promise.resolve(${expression}).then(JSON.stringify)`);
  return json === undefined ? undefined : JSON.parse(json);
}

/** Opens the address and waits until the page has loaded. Disposing of the page closes the context. */
export async function openPage(context: BrowserContext, url: string): Promise<OpenedPage> {
  const page = await context.newPage();
  const log = listen(page);
  await page.goto(url);
  return {
    ...log,
    evaluate: (expression) => evaluate(page, expression),
    async result(expression, timeout = 60_000) {
      try {
        await page.waitForFunction(`(${expression}) != null`, undefined, { timeout });
      } catch (cause) {
        const said = [...log.messages, ...log.errors].join('\n') || 'the page has said nothing';
        throw new Error(`${expression} has no value after ${timeout} ms; ${said}`, { cause });
      }
      return evaluate(page, expression);
    },
    click: (selector) => page.locator(selector).first().click(),
    async screenshot(path, selector) {
      if (selector === undefined) await page.screenshot({ path, fullPage: true });
      else await page.locator(selector).first().screenshot({ path });
    },
    overflow: async () =>
      Number(await evaluate(page, 'document.documentElement.scrollWidth - document.documentElement.clientWidth')),
    [Symbol.asyncDispose]: () => context.close(),
  };
}
