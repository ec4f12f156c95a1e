export { packageTests as default } from '../../tooling/vitest/package-tests.ts';
