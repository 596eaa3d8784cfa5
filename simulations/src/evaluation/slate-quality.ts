import {
  best,
  type Catalogue,
  catalogueCoverage,
  categoryMix,
  intraListDiversity,
  miscalibration,
  novelty,
  popularityLift,
  type TaskSpec,
  takenItems,
  trajectories,
} from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import { activitiesOf, type ByActivity, byActivity } from "./by-activity.js";
import { type Estimate, estimate } from "./estimate.js";
import type { Scorer } from "./scorer.js";

/** Of the ten best of the whole catalogue that each client has not touched. */
export interface SlateQuality {
  /** Share of the catalogue that is in anybody's slate. */
  readonly coverage: number;
  /** How unevenly items are shown, from 0. */
  readonly gini: number;
  /** 1 / Σ p², p the share of impressions of each item. */
  readonly effectiveItems: number;
  /** Bits, by the share of clients that have taken to an item; as the lift. */
  readonly novelty: Taste;
  readonly diversity: Taste;
  /** Nats, over the values of the catalogue's first categorical feature. */
  readonly miscalibration: Taste;
  readonly popularityLift: Taste;
}

/** Over all clients that have a value, and by how much they have done. */
type Taste = Estimate & { readonly byActivity: ByActivity };

const PLACES = 10;

/** What slates are like beside being right: no held-out item is looked at. */
export function slateQuality(
  scorer: Scorer,
  clients: readonly EnvironmentClient[],
  catalogue: Catalogue,
  task: TaskSpec,
): SlateQuality {
  const taken = clients.map(({ history }) => takenItems(trajectories(task, catalogue, history)));
  const known = new Float64Array(catalogue.size);
  for (const rows of taken) for (const row of rows) known[row] = (known[row] ?? 0) + 1;
  const shown = new Float64Array(catalogue.size);
  const categories = categoryMix(catalogue, task.catalogue.features);
  const slates = clients.map((client, i) => {
    const touched = new Set(rowsOf(catalogue, client.touched));
    const rows = Array.from({ length: catalogue.size }, (_, row) => row).filter((row) => !touched.has(row));
    const [scores] = scorer.score([client], [rows]);
    const slate = best(scores ?? [], PLACES).map((place) => rows[place] ?? 0);
    for (const row of slate) shown[row] = (shown[row] ?? 0) + 1;
    return { slate, own: taken[i] ?? [] };
  });
  const activities = activitiesOf(task, clients);
  const over = (value: (one: (typeof slates)[number]) => number | undefined): Taste => {
    const values = slates.map(value);
    return {
      ...estimate(values.flatMap((known) => known ?? [])),
      byActivity: byActivity(activities, values),
    };
  };
  const { share: coverage, gini, effectiveItems } = catalogueCoverage(shown);
  // What nobody knows counts as known to one.
  const shares = known.map((users) => Math.max(1, users) / clients.length);
  return {
    coverage,
    gini,
    effectiveItems,
    novelty: over(({ slate }) => novelty(shares, slate)),
    diversity: over(({ slate }) => intraListDiversity(catalogue, slate)),
    miscalibration: over(({ slate, own }) => miscalibration(categories(own), categories(slate))),
    popularityLift: over(({ slate, own }) => popularityLift(known, slate, own)),
  };
}

const rowsOf = (catalogue: Catalogue, ids: Iterable<string>): number[] =>
  Array.from(ids).flatMap((id) => catalogue.index(id) ?? []);
