// pnpm pack-minilm [FOLDER]: writes packages/minilm/model from the published model, by default that of the fixtures.
import { fileURLToPath } from 'node:url';
import { minilmFolder } from '@sentence-mtl/minilm';
import { packMinilm } from './pack-minilm.ts';
import { publishedFolder } from './published-folder.ts';

const source = process.argv[2] ?? publishedFolder;
const target = fileURLToPath(minilmFolder);
await packMinilm(source, target);
console.log(`${target} is packed from ${source}.`);
