import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { packageTests } from '../tooling/package-tests/src/package-tests.ts';

/** Every page has an example, and every example is a test; the list of pages and the decisions have none. */
const pages: ViteUserConfig = defineConfig({
  ...packageTests,
  test: {
    ...packageTests.test,
    include: ['*.md'],
    exclude: ['README.md'],
    globalSetup: './train-tickets.ts',
    setupFiles: './in-workplace.ts',
  },
});

export default pages;
