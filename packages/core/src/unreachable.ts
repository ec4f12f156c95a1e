/** Ends an exhaustive switch: `default: return unreachable(x)` compiles only when no case is left. @throws Error always */
export function unreachable(value: never): never {
  throw new Error(`reached a case that the types exclude: ${String(value)}`);
}
