import { combine, split } from "shamir-secret-sharing";
import type { SecretSharing } from "./secret-sharing.js";

/** The library's implementation: constant-time field arithmetic, independently audited. */
export const shamir: SecretSharing = { split, combine };
