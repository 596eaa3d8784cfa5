import type { ScoreStep } from "../layers/score.js";
import type { Layer } from "./layer.js";

export const scoreLayer: Layer<ScoreStep> = {
  forward({ actions, users, biases, output }, memory) {
    const a = memory.values(actions);
    const u = memory.values(users);
    const b = memory.values(biases);
    const y = memory.values(output);
    const [E, rows] = [actions.columns, memory.rows(output)];
    const each = rows / memory.rows(users);
    for (let i = 0; i < rows; i++) {
      const user = Math.floor(i / each) * E;
      let sum = b[i] ?? 0;
      for (let e = 0; e < E; e++) sum += (a[i * E + e] ?? 0) * (u[user + e] ?? 0);
      y[i] = sum;
    }
  },
  backward({ actions, users, biases, output }, memory) {
    const a = memory.values(actions);
    const u = memory.values(users);
    const da = memory.gradients(actions);
    const du = memory.gradients(users);
    const db = memory.gradients(biases);
    const dy = memory.gradients(output);
    const [E, rows] = [actions.columns, memory.rows(output)];
    const each = rows / memory.rows(users);
    for (let i = 0; i < rows; i++) {
      const d = dy[i] ?? 0;
      const user = Math.floor(i / each) * E;
      db[i] = (db[i] ?? 0) + d;
      for (let e = 0; e < E; e++) {
        da[i * E + e] = (da[i * E + e] ?? 0) + d * (u[user + e] ?? 0);
        du[user + e] = (du[user + e] ?? 0) + d * (a[i * E + e] ?? 0);
      }
    }
  },
};
