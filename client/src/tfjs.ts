export { createTfjsEngine, type TfjsBackend } from "@tacit/shared/tfjs";
