/** What a POSIX shell gives a meaning to within a word, and what bash and zsh do beside: braces and history. */
const TAKEN_APART = /[\s|&;<>()$`\\"'*?[\]#~{}!]/;

/** An argument as it is typed: in single quotes where a shell would take it apart, otherwise as it is. */
export const shellWord = (argument: string): string =>
  argument === "" || TAKEN_APART.test(argument) ? `'${argument.replaceAll("'", "'\\''")}'` : argument;
