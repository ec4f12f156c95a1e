export { minilmFolder } from './minilm-folder.ts';
export { minilmOrigin } from './minilm-origin.ts';
