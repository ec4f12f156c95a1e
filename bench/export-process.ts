// The process that `bench export` starts: MODEL PRECISION [OUT]. Prints the size of the graph and its own largest resident
// size as JSON.
import { addGraphs, exportGraph, halfGraph, readExportableModel, writeExportFolder } from '@sentence-mtl/export';
import { OtherProcesses, peakMemoryMb } from './machine.ts';

export interface ExportedInProcess {
  readonly bytes: number;
  readonly memoryMb: number;
  readonly othersShare: number;
}

const [folder = '', precision = 'fp32', out] = process.argv.slice(2);
const others = new OtherProcesses();
const [record] = await others.during(async () => {
  const model = await readExportableModel(folder);
  const { model: graph } = exportGraph(model);
  const graphs =
    precision === 'fp16' ? new Map([['fp16', halfGraph(graph)] as const]) : new Map([['fp32', graph] as const]);
  return out === undefined ? addGraphs(folder, model, graphs) : writeExportFolder(out, model, graphs);
});
const exported: ExportedInProcess = {
  bytes: record?.bytes ?? 0,
  memoryMb: peakMemoryMb(),
  othersShare: others.share,
};
console.log(JSON.stringify(exported));
