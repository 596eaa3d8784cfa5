/** People of a live environment, and the part of their lives that is logged and judged. */
export interface LivePopulationSpec {
  readonly kind: "live";
  readonly environment: string;
  /** What the reward stands for, in one line. */
  readonly rewardMeaning: string;
  /** People whose logs are learned from. */
  readonly clients: number;
  /** Visits of each that uniform slates log before anything is learned. */
  readonly logged: number;
  /** Visits of each of the judged people, after those. */
  readonly visits: number;
  /** Parts of these visits; before each, an arm learns from all that is logged by then. */
  readonly generations: number;
}
