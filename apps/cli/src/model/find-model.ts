// MODEL on a command line is a folder, minilm, or the id of a model on the hub, which is fetched with its progress shown.
import { join } from 'node:path';
import { modelFolder } from '@sentence-mtl/model';
import { hubSettings, type HubEvent } from '@sentence-mtl/model-files';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Progress } from '../command-line/progress-display.ts';
import { isRunFolder } from '../config/run-settings.ts';
import { UsageError } from '../command-line/errors.ts';
import { shellWords } from '../command-line/shell-words.ts';
import { isFolder } from '../files/path-kinds.ts';
import { MODEL_OPTION } from './model-option.ts';

/** The folder of a run holds its model, and is easily named in its place. @throws UsageError where this is one */
async function refuseRun(folder: string, source: string): Promise<void> {
  if (!(await isRunFolder(folder))) return;
  const model = join(source, 'model');
  const remedy = (await isFolder(join(folder, 'model')))
    ? `its model is ${model}`
    : `it has no model yet; go on with it:\n  ${shellWords(['sentence-mtl', 'train', '--resume', source])}`;
  throw new UsageError(`${source} is the folder of a run; ${remedy}`);
}

/** Shows what happens during a fetch. */
function hubDisplay({ note, progress }: CommandContext): (event: HubEvent) => void {
  let shown: { readonly file: string; readonly progress: Progress } | undefined;
  return (event) => {
    switch (event.type) {
      case 'progress':
        if (shown?.file !== event.file) {
          const label = `downloading ${event.file}`;
          shown = { file: event.file, progress: progress({ label, unit: 'bytes', total: event.total }) };
        }
        return shown.progress.update(event.bytes);
      case 'done':
        return shown?.progress.end();
      case 'retry':
        void note(`${event.reason}; trying again${event.seconds > 0 ? ` in ${event.seconds} s` : ''}`).catch(
          () => undefined,
        );
        return undefined;
      case 'cached':
        void note(`${event.reason}; the copy in the cache is used`).catch(() => undefined);
        return undefined;
      case 'files':
        return undefined;
    }
  };
}

/**
 * The folder of a model.
 *
 * @throws UsageError where the folder is that of a run
 * @throws as `modelFolder` does
 */
export async function findModel(source: string, context: CommandContext): Promise<string> {
  const folder = context.resolve(source);
  if (source !== MODEL_OPTION.default && (await isFolder(folder))) {
    await refuseRun(folder, source);
    return folder;
  }
  return modelFolder(source, {
    hub: hubSettings(context.environment),
    onFetchEvent: hubDisplay(context),
    signal: context.stop,
  });
}
