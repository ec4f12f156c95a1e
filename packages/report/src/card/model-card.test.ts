import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nastyRun } from '../run.test.support.ts';
import { isUneditedCard } from './card-marker.ts';
import { codeSpan, markdownTable } from './markdown.ts';
import { renderModelCard } from './model-card.ts';

const run = nastyRun(40);
const card = renderModelCard(run);
const metadataOf = (text: string): Record<string, unknown> =>
  parse(/^---\n([^]*?)\n---\n/.exec(text)?.[1] ?? '') as Record<string, unknown>;

describe('renderModelCard', () => {
  it('has the metadata that is known, and no license, language or data set that nobody has named', () => {
    const metadata = metadataOf(card);
    expect(metadata).toMatchObject({
      library_name: 'sentence-transformers',
      base_model: 'sentence-transformers/all-MiniLM-L6-v2',
      metrics: ['accuracy', 'f1', 'spearmanr', 'mae'],
    });
    expect(Object.keys(metadata)).not.toEqual(expect.arrayContaining(['license']));
    expect(metadata['language']).toBeUndefined();
    expect(metadata['datasets']).toBeUndefined();
  });

  it('says what a publisher adds', () => {
    const given = { name: 'tickets', license: 'cc-by-3.0', languages: ['en'], datasets: ['clinc_oos'] };
    const metadata = metadataOf(renderModelCard(run, given));
    expect(metadata).toMatchObject({ license: 'cc-by-3.0', language: ['en'], datasets: ['clinc_oos'] });
    expect(JSON.stringify(metadata['model-index'])).toContain('"type":"clinc_oos"');
    expect(metadata['model-index']).toMatchObject([{ name: 'tickets' }]);
  });

  it('is the same wherever the run is, and names no folder of this machine', () => {
    expect(renderModelCard({ ...run, name: 'elsewhere' })).toBe(card);
    const trained = renderModelCard({ ...run, settings: { ...run.settings, encoder: '/home/someone/encoder' } });
    expect(metadataOf(trained)['base_model']).toBeUndefined();
    expect(trained).not.toMatch(/\/home\/|\/data\//);
  });

  it('has metrics with intervals beside those of the simple methods, and the hashes of the data', () => {
    expect(card).toContain('| task | metric | rows | this model | majority | TF-IDF, linear | frozen embeddings |');
    expect(card).toContain('| `intent` | accuracy | 1,500 | **0.943 (0.931 to 0.954)** | 0.050 (0.038 to 0.061) |');
    expect(card).toContain(
      '\n- `intent`: 0.020 better than the best simple method, frozen embeddings, 95 % interval of',
    );
    expect(card).toContain(`| \`train.jsonl\` | train | \`${'cd'.repeat(32)}\` |`);
  });

  it('says that simple methods have learnt from a sample, where they have', () => {
    const { data, results } = run;
    if (data === undefined || results === undefined) throw new Error('the run has both');
    const withRows = (train: number): string =>
      renderModelCard({ ...run, data: { ...data, rows: { ...data.rows, train } } });
    expect(withRows(results.baselineRows)).toContain('learnt from the same training rows:');
    expect(withRows(results.baselineRows + 1)).toMatch(/learnt from a sample of [\d,]+ of the training rows:/);
  });

  it('shows how a model of pairs is asked', () => {
    const tasks = { score: { kind: 'pair-similarity' } };
    const pairs = renderModelCard({ ...run, config: { ...run.config, tasks } });
    expect(pairs).toContain('predict --model path/to/this/folder "a text" "another text"');
    expect(pairs).toContain("predictPairs([['a text', 'another text']])");
  });

  it('lets no label break out of its place', () => {
    const body = card.slice(card.indexOf('# `'));
    expect(body).toContain('`<script>globalThis.stolen = 1</script>`');
    // Outside of spans and blocks of code no tag is left but the marker.
    const prose = body.replaceAll(/```[^]*?```/g, '').replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
    expect(prose.replaceAll(/<!-- written by [^>]*-->/g, '')).not.toMatch(/[<>]/);
  });

  it('is of a run without test rows too', () => {
    const { results: _, test: __, ...untested } = run;
    const plain = renderModelCard(untested);
    expect(plain).toContain('It was not measured');
    expect(metadataOf(plain)['model-index']).toBeUndefined();
  });
});

describe('isUneditedCard', () => {
  it('knows its own cards, line ends of Windows included, and no other', () => {
    expect(isUneditedCard(card)).toBe(true);
    expect(isUneditedCard(card.replaceAll('\n', '\r\n'))).toBe(true);
    expect(isUneditedCard(card.replace('# `', '# My `'))).toBe(false);
    expect(isUneditedCard(`${card}\nBy me.\n`)).toBe(false);
    expect(isUneditedCard('# My model\n')).toBe(false);
  });
});

describe('codeSpan', () => {
  it('fences what has fences in it, and keeps a table in one line', () => {
    expect([codeSpan('a'), codeSpan('a`b'), codeSpan('``'), codeSpan('a\nb')]).toEqual([
      '`a`',
      '``a`b``',
      '``` `` ```',
      '`a b`',
    ]);
    expect(markdownTable([['x'], [codeSpan('a|b')]])).toBe('| x |\n| --- |\n| `a\\|b` |');
  });
});

const READ_CARD = `
import json, sys
from huggingface_hub import ModelCardData
from huggingface_hub.repocard import ModelCard
card = ModelCard(sys.stdin.read(), ignore_metadata_errors=False)
card.data.to_yaml()
print(json.dumps([[r.task_type, r.task_name, r.dataset_type, r.dataset_name, r.metric_type, r.metric_value] for r in card.data.eval_results]))
`;

function huggingFaceHub(): string | undefined {
  const python = process.env['SENTENCE_MTL_PYTHON'];
  if (python === undefined || python === '') return undefined;
  try {
    execFileSync(python, ['-c', 'import huggingface_hub'], { stdio: 'ignore' });
    return python;
  } catch {
    return undefined;
  }
}

const python = huggingFaceHub();
if (python === undefined) console.log('SKIPPED model cards in huggingface_hub: SENTENCE_MTL_PYTHON has none');
describe.skipIf(python === undefined)('huggingface_hub', () => {
  it('reads the card, and a result for each task and metric', { timeout: 300_000 }, () => {
    const output = execFileSync(python ?? '', ['-c', READ_CARD], { input: card, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual([
      ['text-classification', 'intent', 'custom', 'standard input', 'accuracy', 0.943],
      ['text-classification', 'intent', 'custom', 'standard input', 'f1', 0.933],
      ['text-classification', 'tags', 'custom', 'standard input', 'f1', 0.78],
      ['text-classification', 'tags', 'custom', 'standard input', 'f1', 0.77],
      ['text-classification', 'score', 'custom', 'standard input', 'spearmanr', 0.81],
      ['text-classification', 'score', 'custom', 'standard input', 'mae', 0.8],
    ]);
  });
});
