import { DEFAULT_LIMITS } from "./ledger/limits.js";
import type { RecommenderOptions } from "./recommender-options.js";

const LONGEST_PAUSE = 600_000;

/** @throws TypeError naming the option: the one moment at which the SDK may throw. */
export function checkOptions({
  url,
  task,
  items,
  relations = [],
  credential = "",
  store,
  offerPause = 0,
  limits = {},
}: RecommenderOptions): void {
  if (typeof url !== "string" || !isAddress(url)) {
    throw new TypeError(`url: ${String(url)} is not an http(s) address`);
  }
  if (typeof task !== "string" || task === "") throw new TypeError("task: the task's name is missing");
  if (!(offerPause >= 0 && offerPause <= LONGEST_PAUSE)) {
    throw new TypeError(`offerPause: ${offerPause} is not between 0 and ${LONGEST_PAUSE} milliseconds`);
  }
  if (typeof credential !== "function" && typeof credential !== "string") {
    throw new TypeError("credential: must be a string, or a function that resolves to one");
  }
  if (store !== undefined && typeof store?.interactions !== "function") {
    throw new TypeError("store: no history store");
  }
  for (const [name, limit] of Object.entries(limits)) {
    const fits =
      name === "trustCoordinator" ? typeof limit === "boolean" : typeof limit === "number" && limit >= 0;
    if (!(name in DEFAULT_LIMITS) || (limit !== undefined && !fits)) {
      throw new TypeError(`limits.${name}: ${String(limit)} is no limit`);
    }
  }
  if (!Array.isArray(items)) throw new TypeError("items: must be an array of { id, features }");
  for (const [index, item] of items.entries()) {
    if (typeof item?.id !== "string" || typeof item.features !== "object" || item.features === null) {
      throw new TypeError(`items.${index}: must be { id: string, features: object }`);
    }
  }
  if (!Array.isArray(relations))
    throw new TypeError("relations: must be an array of { head, relation, tail }");
  for (const [index, fact] of relations.entries()) {
    if ([fact?.head, fact?.relation, fact?.tail].some((part) => typeof part !== "string")) {
      throw new TypeError(`relations.${index}: must be { head: string, relation: string, tail: string }`);
    }
  }
}

/** By the constructor: `URL.canParse` is younger than some browsers. */
function isAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}
