// The process that `bench export` starts: MODEL PRECISION [OUT]. Prints the size of the graph and its own largest resident
// size as JSON.
import { addGraphs, exportGraph, halfGraph, readExportableModel, writeExportFolder } from '@sentence-mtl/export';
import { peakMemoryMb } from './machine.ts';

export interface ExportedInProcess {
  readonly bytes: number;
  readonly memoryMb: number;
}

const [folder = '', precision = 'fp32', out] = process.argv.slice(2);
const model = await readExportableModel(folder);
const { model: graph } = exportGraph(model);
const graphs =
  precision === 'fp16' ? new Map([['fp16', halfGraph(graph)] as const]) : new Map([['fp32', graph] as const]);
const records =
  out === undefined ? await addGraphs(folder, model, graphs) : await writeExportFolder(out, model, graphs);
const exported: ExportedInProcess = { bytes: records[0]?.bytes ?? 0, memoryMb: peakMemoryMb() };
console.log(JSON.stringify(exported));
