import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { markup, Html } from './html.ts';
import { untrusted } from './untrusted.ts';
import { visibleText } from './visible-text.ts';

const textIn = (markup: string): string =>
  parseHTML(`<html><body>${markup}</body></html>`).document.body.textContent ?? '';

describe('html', () => {
  it('escapes what is inserted, in text and in attributes', () => {
    const given = `<b title="x">&'</b>`;
    expect(markup`<p title="${given}">${given}</p>`.source).toBe(
      '<p title="&lt;b title=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;">&lt;b title=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;</p>',
    );
  });

  it('keeps markup, joins lists and leaves out what is not there', () => {
    expect(markup`${[markup`<i>${1}</i>`, 'a<b']}${undefined}${false}${0}`.source).toBe('<i>1</i>a&lt;b0');
  });

  it('takes no object of the data for markup', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as string;
    expect(() => markup`${forged}`).toThrow(TypeError);
    expect(markup`${new Html('<i>')}`.source).toBe('<i>');
  });
});

describe('untrusted', () => {
  it('shows any text that can be seen as it is, and no element of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 300 }), (text) => {
        const { source } = untrusted(text);
        expect(source.replaceAll(/<\/?bdi>|<wbr>/g, '')).not.toMatch(/[<>]/);
        expect(textIn(source)).toBe(text);
      }),
    );
  });

  it('lets through no character that cannot be seen, nor one that turns the direction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const hidden = /(?![\t\n])\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u;
        expect(hidden.test(untrusted(text).source)).toBe(false);
        expect(hidden.test(visibleText(text))).toBe(false);
      }),
    );
    expect(untrusted('a\u202Eb').source).toBe('<bdi>a<span class="unseen">U+202E</span>b</bdi>');
    expect(visibleText('a\u202Eb')).toBe('a⟨U+202E⟩b');
  });

  it('leaves emoji and words that are joined whole, and shows a joiner that hides in a word', () => {
    expect(visibleText('👩‍👩‍👧 می‌خواهم')).toBe('👩‍👩‍👧 می‌خواهم');
    expect(visibleText('re\u200Dfund')).toBe('re⟨U+200D⟩fund');
  });

  it('cuts a long text between characters and says how long it is', () => {
    expect(untrusted('😀'.repeat(700)).source).toBe(
      `<bdi>${'😀'.repeat(600)}</bdi><span class="muted">… (1400 characters)</span>`,
    );
  });
});
