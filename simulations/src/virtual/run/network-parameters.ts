import { splitVersion, type TaskSpec } from "@tacit/shared";

/** Of a version that this run has made itself: without the clip that it may hold behind them. */
export const networkParameters = ({ privacy }: TaskSpec, version: Float32Array): Float32Array =>
  splitVersion(privacy, version)?.parameters ?? version;
