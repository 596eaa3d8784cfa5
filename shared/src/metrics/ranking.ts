/** HR@k of one held-out item: 1 where its rank (from 0) is among the k best. */
export const hitAt = (rank: number, k: number): 0 | 1 => (rank < k ? 1 : 0);

/** NDCG@k of one held-out item: 1 / log₂(2 + rank) among the k best, else 0. (Järvelin & Kekäläinen 2002) */
export const gainAt = (rank: number, k: number): number => (rank < k ? 1 / Math.log2(2 + rank) : 0);

/** Its part of the mean reciprocal rank. (Voorhees 1999) */
export const reciprocalRank = (rank: number): number => 1 / (1 + rank);
