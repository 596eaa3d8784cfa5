import type { Mdp, Outcome } from "./mdp.js";
import { type Problem, uniform } from "./problem.js";

const SIDE = 4;
const STEPS = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;
const GOAL = SIDE * SIDE - 1;
/** Ends the episode for a little. */
const TRAP = 2 * SIDE;
const SLIP = 0.1;

function moved(cell: number, direction: number): number {
  const [dx, dy] = STEPS[direction % STEPS.length] ?? [0, 0];
  const [x, y] = [(cell % SIDE) + dx, Math.floor(cell / SIDE) + dy];
  return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? cell : y * SIDE + x;
}

function arrival(cell: number): Omit<Outcome, "probability"> {
  if (cell === GOAL) return { event: "purchase" };
  return cell === TRAP ? { event: "click" } : { next: cell };
}

/** One step in four directions; one in ten slips to either side. */
const mdp: Mdp = {
  states: SIDE * SIDE,
  actions: STEPS.length,
  discount: 0.9,
  starts: Array.from({ length: GOAL }, (_, cell) => cell).filter((cell) => cell !== TRAP),
  worth: { click: 0.2, purchase: 1 },
  outcomes: (cell, action) => [
    { probability: 1 - SLIP, ...arrival(moved(cell, action)) },
    { probability: SLIP / 2, ...arrival(moved(cell, action + 1)) },
    { probability: SLIP / 2, ...arrival(moved(cell, action + STEPS.length - 1)) },
  ],
};

/** Four by four cells, much in one corner and a little on the edge, logged by wandering about. */
export const grid: Problem = {
  name: "grid",
  needs: "to find a way that nobody went on purpose",
  mdp,
  behaviour: () => uniform(mdp),
  episodes: 250,
};
