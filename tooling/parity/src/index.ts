export { operationCases } from './cases/operation-cases.ts';
