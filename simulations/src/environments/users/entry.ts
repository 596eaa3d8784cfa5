/**
 * The entry in this place of a list.
 * @throws RangeError where there is none.
 */
export function entry<Entry>(list: readonly Entry[], place: number): Entry {
  const found = list[place];
  if (found === undefined) throw new RangeError(`there is no entry ${place} of ${list.length}`);
  return found;
}
