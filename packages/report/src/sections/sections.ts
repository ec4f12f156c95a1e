import { calibration } from './calibration.ts';
import { confusions } from './confusions.ts';
import { curves } from './curves.ts';
import { errors } from './errors.ts';
import { freezing } from './freezing.ts';
import { labels } from './labels.ts';
import { lengths } from './lengths.ts';
import { scores } from './scores.ts';
import type { Section } from './section.ts';
import { settings } from './settings.ts';
import { testResults } from './test-results.ts';
import { thresholds } from './thresholds.ts';
import { timeAndMemory } from './time-and-memory.ts';
import { trainingData } from './training-data.ts';

/** In the order of the page. */
export const SECTIONS: readonly Section[] = [
  testResults,
  curves,
  confusions,
  labels,
  scores,
  thresholds,
  errors,
  calibration,
  trainingData,
  lengths,
  freezing,
  timeAndMemory,
  settings,
];
