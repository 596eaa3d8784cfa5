import { publicWords } from "../random/public-words.js";

/**
 * One client's part of an AMS sketch of what a cohort is shown (Alon, Matias, Szegedy 1996, STOC, "The space complexity of
 * approximating the frequency moments", §2.2): the mean of its items' signs, each +1 or −1, public, the same for every client
 * of a round and others in every round. Over the signs, the square of the cohort's mean is on average Σ p², with p the share of
 * impressions that an item has (`effectiveItems`). In [−1, 1]; undefined where nothing is shown.
 *
 * @param round the same for a round's clients, and for no other round's.
 */
export function exposure(ids: readonly string[], round: string): number | undefined {
  if (ids.length === 0) return undefined;
  return ids.reduce((sum, id) => sum + sign(id, round), 0) / ids.length;
}

const sign = (id: string, round: string): number =>
  1 - 2 * ((publicWords(LABEL, `${round}\n${id}`, 1)[0] ?? 0) & 1);

const LABEL = "tacit-exposure-v1";
