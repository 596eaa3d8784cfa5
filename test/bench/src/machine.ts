import { arch, cpus, loadavg, platform, totalmem } from "node:os";

/** What figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly platform: string;
  /** Of Node and of what it is built from. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

export const machine = (): Machine => ({
  processor: cpus()[0]?.model ?? "unknown processor",
  processors: cpus().length,
  memoryBytes: totalmem(),
  platform: `${platform()} ${arch()}`,
  versions: { ...process.versions },
});

/** Processes that wanted to run, over the last minute: what else the machine did. */
export const load = (): number => loadavg()[0] ?? 0;
