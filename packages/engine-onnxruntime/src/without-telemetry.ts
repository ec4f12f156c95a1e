import { env } from 'node:process';

/** What ONNX Runtime looks for when it starts, by `getenv`; anything but `1` leaves its telemetry on. */
const SWITCH = 'ORT_DISABLE_TELEMETRY';

/**
 * Switches off the telemetry of ONNX Runtime, which from 1.29 on tells Microsoft about models and machine, and leaves
 * files in the home and temporary folders. A value that is already set stays. Has to come before the first session of
 * the process, and from its main thread: the environment of a worker thread is a copy that native code does not see.
 */
export function withoutTelemetry(environment: Record<string, string | undefined> = env): void {
  environment[SWITCH] ??= '1';
}
