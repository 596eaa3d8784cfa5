export { createTfjsEngine, type TfjsBackend, taskLayers } from "@tacit/shared/tfjs";
