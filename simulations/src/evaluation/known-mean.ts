/** Of what is known; undefined where nothing is. */
export function knownMean(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined && value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
