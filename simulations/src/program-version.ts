/** Of this package: the same run on another version may come to another model. */
export const PROGRAM_VERSION = "0.1.0";
