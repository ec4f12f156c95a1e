// A scenario in a process of its own, so that its memory is its own: the job comes as the first argument, the result
// goes back as a message.
import { SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { readTaskModel, writeTaskModel } from '@sentence-mtl/model';
import { experimentData } from './experiment-data.ts';
import type { Answer, Job, JobResult } from './job.ts';
import { measureTasks } from './measure-tasks.ts';
import { GENERAL, SCENARIOS, SCIENTIFIC } from './scenarios.ts';
import { trainTasks, withHeadsFor, type ClassificationModel, type TrainingCost } from './train-tasks.ts';

const KILOBYTES = 1024;
const NO_COST: TrainingCost = { trainedParameters: 0, secondsPerEpoch: 0 };

async function runJob({ scenario: index, start, saveTo, scratch, data: options, epochs }: Job): Promise<JobResult> {
  const scenario = SCENARIOS[index];
  if (scenario === undefined) throw new RangeError(`there is no scenario ${index}`);
  const { freezing, domain } = scenario;
  const data = await experimentData(domain, options);
  const { seed } = options;
  const engine = await onnxruntimeEngine();
  const given = withHeadsFor((await readTaskModel(start)) as ClassificationModel, data, seed);
  const plan = { tasks: scenario.tasks ?? Object.keys(data), epochs, seed };
  const { layerCount } = given.config.encoder;
  const { model, cost } =
    freezing === undefined
      ? { model: given, cost: NO_COST }
      : await trainTasks(given, data, { ...plan, freezing: freezing(layerCount, epochs) }, { engine, scratch });
  const memoryMb = process.resourceUsage().maxRSS / KILOBYTES;
  const everything = { ...(await experimentData(GENERAL, options)), ...(await experimentData(SCIENTIFIC, options)) };
  const tasks = await measureTasks(model, everything, engine);
  if (saveTo !== undefined) await writeTaskModel(saveTo, model);
  await engine.dispose();
  return { ...cost, tasks, memoryMb: Math.round(memoryMb) };
}

async function answer(job: Job): Promise<Answer> {
  try {
    return { result: await runJob(job) };
  } catch (error) {
    if (!(error instanceof SentenceMtlError)) throw error;
    return { mistake: error.message };
  }
}

process.send?.(await answer(JSON.parse(process.argv[2] ?? '{}') as Job));
