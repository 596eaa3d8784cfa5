const [HEAD, TAIL] = [21, 26];

/** A name that is too long for a figure, without its middle: arms differ in how names begin, settings in how they end. */
export const shortened = (name: string): string =>
  name.length > HEAD + 1 + TAIL ? `${name.slice(0, HEAD)}…${name.slice(-TAIL)}` : name;
