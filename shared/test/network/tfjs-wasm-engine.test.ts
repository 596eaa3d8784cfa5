import { createTfjsEngine } from "../../src/network/tfjs/tfjs-engine.js";
import { engineContract } from "./engine-contract.js";

// In a file of its own: TensorFlow.js has one backend at a time.
engineContract("tfjs-wasm", () => createTfjsEngine({ backend: "wasm" }), 2);
