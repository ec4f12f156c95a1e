import type { ImportTable } from './import-table.ts';
import { isPublished, type Rule } from './rule.ts';
import { exports } from './rules/exports.ts';
import { fileNames } from './rules/file-names.ts';
import { imports } from './rules/imports.ts';
import { manifest } from './rules/manifest.ts';
import { readme } from './rules/readme.ts';
import { references } from './rules/references.ts';
import { sameFiles } from './rules/same-files.ts';
import { scripts } from './rules/scripts.ts';
import type { WorkspacePackage } from './workspace-package.ts';

const PUBLISHED: readonly Rule[] = [sameFiles, fileNames, manifest, scripts, imports, references, readme, exports];
const PRIVATE: readonly Rule[] = [fileNames, scripts, references];

/** What is wrong with a package, each line naming its folder. */
export function checkPackage(subject: WorkspacePackage, table: ImportTable): readonly string[] {
  const rules = isPublished(subject) ? PUBLISHED : PRIVATE;
  return rules.flatMap((rule) => rule(subject, table)).map((problem) => `${subject.folder}: ${problem}`);
}
