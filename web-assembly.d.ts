// The part of WebAssembly's JavaScript interface that this repository uses: Node has it, and its types do not declare it.
// The projects that use it include it by their tsconfig.json, not all of them: some dependencies bring the types of browsers
// along, which declare it too. The types that packages publish do not name it.
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Memory>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
