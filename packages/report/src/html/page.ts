import { Html, markup } from './html.ts';
import { STYLE } from './style.ts';

/** Nothing is fetched and nothing runs: the page is markup, its own styles and its own pictures. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export interface PagePart {
  /** Of the address `#id`. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export interface Page {
  readonly title: string;
  readonly introduction: Html;
  readonly parts: readonly PagePart[];
  readonly footer: Html;
}

/** A whole document of one file. */
export function page({ title, introduction, parts, footer }: Page): string {
  const sections = parts.map(
    ({ id, title: heading, body }) =>
      markup`<section id="${id}" aria-labelledby="${id}-heading">
        <h2 id="${id}-heading">${heading}</h2>
        ${body}
      </section> `,
  );
  const links = parts.map(({ id, title: heading }) => markup`<a href="#${id}">${heading}</a> `);
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>${title}</h1>
          ${introduction}
          <nav aria-label="Sections">${links}</nav>
        </header>
        <main>${sections}</main>
        <footer>${footer}</footer>
      </body>
    </html> `.source;
}
