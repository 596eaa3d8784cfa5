import type { Random } from "@tacit/shared";
import { logistic } from "./logistic.js";

const MILLISECONDS_A_DAY = 86_400_000;

/** How somebody takes to a service, and leaves it. */
interface LoyaltyTraits {
  /** Weight of the last experience, in (0, 1]. */
  readonly memory: number;
  /** Log odds of staying after a visit, without any satisfaction and what full satisfaction adds. */
  readonly patience: number;
  readonly attachment: number;
  /** Mean days until the next visit, without any satisfaction, and by how much satisfaction shortens their logarithm. */
  readonly days: number;
  readonly eagerness: number;
}

/**
 * Satisfaction s in [0, 1] is a moving average of experiences e, and decides over coming back:
 *
 *   s ← s + memory (e − s)    P(gone for good) = σ(−(patience + attachment · s))    gap ~ Exp(mean days · exp(−eagerness · s))
 *
 * Return times with a hazard that engagement raises: Kapoor, Sun, Srivastava, Ye 2014, "A hazard based approach to user
 * return time prediction", §4; retention as an effect of satisfaction: Zou et al. 2019, arXiv 1902.05570, §3.
 */
export class Loyalty {
  #satisfaction = 0.5;
  readonly #traits: LoyaltyTraits;
  readonly #random: Random;

  constructor(traits: LoyaltyTraits, random: Random) {
    this.#traits = traits;
    this.#random = random;
  }

  /** @param experience of a visit, from 0 to 1. */
  feel(experience: number): void {
    this.#satisfaction += this.#traits.memory * (experience - this.#satisfaction);
  }

  /** Milliseconds until the next visit, at least `least`; undefined: gone for good. */
  gap(least: number): number | undefined {
    const { patience, attachment, days, eagerness } = this.#traits;
    const stays = logistic(patience + attachment * this.#satisfaction);
    if (this.#random.uniform() >= stays) return undefined;
    const mean = days * MILLISECONDS_A_DAY * Math.exp(-eagerness * this.#satisfaction);
    return Math.round(least - Math.log(1 - this.#random.uniform()) * mean);
  }
}
