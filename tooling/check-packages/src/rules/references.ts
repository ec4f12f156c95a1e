import { type Rule, shortName, workspaceDependencies } from '../rule.ts';

interface ProjectFile {
  readonly extends?: string;
  readonly references?: readonly { readonly path: string }[];
}

/** tsconfig.json extends the base and refers to the packages that package.json depends on, no more and no fewer. */
export const references: Rule = (subject) => {
  const project: ProjectFile = JSON.parse(subject.files.get('tsconfig.json') ?? '{}');
  const referred = (project.references ?? []).map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const wanted = workspaceDependencies(subject).filter((name) => name !== shortName(subject));
  return [
    ...(project.extends === '../../tsconfig.base.json' ? [] : ['tsconfig.json must extend ../../tsconfig.base.json']),
    ...wanted
      .filter((name) => !referred.includes(name))
      .map((name) => `tsconfig.json: no reference to ${name}, which package.json depends on`),
    ...referred
      .filter((name) => !wanted.includes(name))
      .map((name) => `tsconfig.json: refers to ${name}, which package.json does not depend on`),
  ];
};
