const OPENING = /[[{]/;
const CLOSING = /[\]}]/;

/** Values by commas, as they are written; commas within JSON's brackets and strings separate nothing. */
export function listedValues(text: string): string[] {
  const values = [""];
  let depth = 0;
  let quoted = false;
  for (const [character] of text.matchAll(/\\.|./gs)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && OPENING.test(character)) depth++;
    else if (!quoted && CLOSING.test(character)) depth--;
    if (character === "," && depth === 0 && !quoted) values.push("");
    else values.push(`${values.pop()}${character}`);
  }
  return values;
}
