/** The `number`th identifier: 32 hex digits. */
export const id = (number: number): string => number.toString(16).padStart(32, "0");
