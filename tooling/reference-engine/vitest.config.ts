export { packageTests as default } from '../vitest/package-tests.ts';
