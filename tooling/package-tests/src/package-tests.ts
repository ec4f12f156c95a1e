// The vitest configuration of every package: tests read `src` of all packages through the
// private export condition, so no build is needed, and the README's examples are tests too. The pages of docs/ are tests
// of the same kind.
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { pageExamples } from './page-examples.ts';

const conditions = ['@sentence-mtl/source', 'module', 'node', 'development|production'];

export const packageTests: ViteUserConfig = defineConfig({
  plugins: [pageExamples()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'README.md'],
    allowOnly: false,
    passWithNoTests: true,
    // Some tests use ONNX Runtime without the engine, which switches its telemetry off.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Packages are tested side by side on few cores; a hung test is what this is for, not a slow one.
    testTimeout: 60_000,
  },
});
