export { readDataset } from "./datasets/read-dataset.js";
