/** Of this package and of its results: raised whenever the same run comes to another model, so that nothing is resumed by other code. */
export const PROGRAM_VERSION = "0.1.0+results.3";
