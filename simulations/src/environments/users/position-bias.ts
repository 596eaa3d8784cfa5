/**
 * Probability that the entry in this place (from 0) is looked at: (1 + place)^−severity. A click needs a look, whatever
 * the entry is. Joachims, Swaminathan, Schnabel 2017, arXiv 1608.04468, §5.2.
 */
export const examination = (place: number, severity: number): number => (1 + place) ** -severity;
