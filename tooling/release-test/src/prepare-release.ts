// The last step before publishing, in the release workflow: package.json files get the address of the repository.
import { writeRepositoryFields } from './repository-fields.ts';

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
if (server === undefined || repository === undefined) {
  console.error(
    'prepare-release: GITHUB_SERVER_URL and GITHUB_REPOSITORY say where the sources are; they are set in a workflow',
  );
  process.exitCode = 1;
} else {
  for (const folder of writeRepositoryFields(process.cwd(), `${server}/${repository}`)) console.log(folder);
}
