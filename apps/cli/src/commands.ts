import type { Command } from './command-line/command.ts';
import { checkData } from './commands/check-data.ts';
import { encode } from './commands/encode.ts';
import { estimate } from './commands/estimate.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportModel } from './commands/export.ts';
import { init } from './commands/init.ts';
import { inspect } from './commands/inspect.ts';
import { predict } from './commands/predict.ts';
import { report } from './commands/report.ts';
import { similarity } from './commands/similarity.ts';
import { train } from './commands/train.ts';
import { verify } from './commands/verify.ts';

/** In the order of the help. */
export const commands: readonly Command[] = [
  init,
  checkData,
  estimate,
  train,
  evaluate,
  report,
  predict,
  encode,
  similarity,
  inspect,
  exportModel,
  verify,
];
