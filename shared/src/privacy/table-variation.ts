/** Of the thresholds of a table, and of each number that is compared with them. */
export const THRESHOLD_WORDS = 4;
export const THRESHOLD_BITS = 32n * BigInt(THRESHOLD_WORDS);

/**
 * Total variation of a table of −reach … reach: rounding each threshold down to 2^−128 moves less than
 * (2·reach + 1)·2^−129 in all, and weights that are right to within 2^−140 of the largest much less than that again.
 */
export const tableVariation = (reach: number): number => (2 * reach + 2) * 2 ** -Number(THRESHOLD_BITS);
