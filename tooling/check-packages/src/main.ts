// pnpm check-structure [--write]: run at the root of the repository.
import { checkRepository } from './check-repository.ts';
import { writeExports } from './write-exports.ts';

if (process.argv.includes('--write')) writeExports(process.cwd());
const problems = checkRepository(process.cwd());
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'The structure is sound.' : `${problems.length} problems of structure.`);
process.exitCode = problems.length === 0 ? 0 : 1;
