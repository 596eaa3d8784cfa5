import { addScaled, bytes, dot } from "./rows";

/** logits_bc = action_bc · user_b + bias_bc, `candidates` actions a state. */
export function scoreForward(
  logits: usize,
  users: usize,
  actions: usize,
  biases: usize,
  states: i32,
  candidates: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    for (let c = 0; c < candidates; c++) {
      f32.store(logits, f32.load(biases) + dot(actions, users, stride));
      logits += 4;
      biases += 4;
      actions += bytes(stride);
    }
    users += bytes(stride);
  }
}

/** dUsers += and dActions += */
export function scoreBackward(
  dUsers: usize,
  dActions: usize,
  dLogits: usize,
  users: usize,
  actions: usize,
  states: i32,
  candidates: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    for (let c = 0; c < candidates; c++) {
      const d = f32.load(dLogits);
      addScaled(dUsers, actions, d, stride);
      addScaled(dActions, users, d, stride);
      dLogits += 4;
      actions += bytes(stride);
      dActions += bytes(stride);
    }
    users += bytes(stride);
    dUsers += bytes(stride);
  }
}
