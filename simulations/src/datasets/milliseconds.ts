/** Milliseconds since 1970 of a number of seconds or milliseconds, or of an ISO date; NaN where it is none of these. */
export function milliseconds(text: string): number {
  if (text === "") return Number.NaN;
  const number = Number(text);
  if (Number.isNaN(number)) return Date.parse(text);
  return Math.abs(number) < 1e11 ? number * 1000 : number;
}
