import { expect, it } from 'vitest';
import { logNotes } from './log-notes.ts';

it('finds each note once, coloured or not', () => {
  const log =
    'stdout | a.test.ts\nSKIPPED python interoperability: no python3\n\n\u001B[39mSKIPPED python interoperability: no python3\nENGINES onnxruntime, tfjs-cpu\nINSTALLED by npm: 1 MB\nnot SKIPPED\n';
  expect(logNotes(log)).toEqual([
    'SKIPPED python interoperability: no python3',
    'ENGINES onnxruntime, tfjs-cpu',
    'INSTALLED by npm: 1 MB',
  ]);
});
