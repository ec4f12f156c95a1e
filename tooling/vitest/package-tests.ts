// The vitest configuration of every package: tests read `src` of all packages
// through the private export condition, and no build is needed to run them.
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const conditions = ['@sentence-mtl/source', 'module', 'node', 'development|production'];

export const packageTests: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: true,
  },
});
