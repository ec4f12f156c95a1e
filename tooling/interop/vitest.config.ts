export { packageTests as default } from '../../tooling/package-tests/src/package-tests.ts';
