/** node:crypto where there is one. Looked up, not imported: bundles for browsers never hear of it. */
export const nodeCrypto = () =>
  typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:crypto");
