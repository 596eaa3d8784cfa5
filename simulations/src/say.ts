/** One line on standard error, where progress goes: standard output has results alone. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
