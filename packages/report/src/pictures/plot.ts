// Pictures are drawn by Observable Plot into a document of linkedom: no browser, no native code. Colours are the page's
// variables, so that one picture serves light and dark; each mark that stands for something has a title.
import { plot as observablePlot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html, markup, type HtmlValue } from '../html/html.ts';
import { visibleText } from '../html/visible-text.ts';

/** As wide as a phone shows without shrinking letters below ten pixels. */
const WIDTH = 380;
const FONT_SIZE = 12;

/** The colour of the n-th series. */
export function seriesColour(index: number): string {
  return `var(--series-${(index % 6) + 1})`;
}

export interface Picture {
  readonly options: PlotOptions;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  readonly title?: HtmlValue;
  readonly caption?: HtmlValue;
  /** Names of series and their colours, above the picture. */
  readonly key?: readonly (readonly [string, string])[];
  readonly isSquare?: boolean;
}

/** Plot styles each picture anew; the page has those rules once. */
const OWN_STYLE = /<style>[^]*?<\/style>/;

function svgOf(options: PlotOptions, description: string): Html {
  const { document } = parseHTML('<html></html>');
  const drawn = observablePlot({
    width: WIDTH,
    height: 230,
    marginLeft: 46,
    marginTop: 22,
    marginBottom: 42,
    ...options,
    x: { labelOffset: 38, ...options.x },
    document: document as unknown as Document,
    ariaLabel: visibleText(description),
  });
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('font-size', String(FONT_SIZE));
  drawn.removeAttribute('width');
  drawn.removeAttribute('height');
  return new Html(drawn.outerHTML.replace(OWN_STYLE, ''));
}

/** A picture with its title and what is to be seen in it. */
export function figure({ options, description, title, caption, key = [], isSquare = false }: Picture): Html {
  const entries = key.map(([name, colour]) => markup`<span style="--colour: ${colour}">${name}</span>`);
  return markup`<figure${isSquare && markup` class="square"`}>${title !== undefined && markup`<h4>${title}</h4>`}
${key.length > 0 && markup`<div class="key">${entries}</div>`}
${svgOf(options, description)}
${caption !== undefined && markup`<figcaption>${caption}</figcaption>`}</figure>\n`;
}
