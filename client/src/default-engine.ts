import { type Engine, referenceEngine } from "@tacit/shared";

/** What computes the networks where the host brings no engine. */
export const createDefaultEngine = async (): Promise<Engine> => referenceEngine;
