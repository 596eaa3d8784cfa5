import type { Features } from "@tacit/shared";

const LONGEST = 65_536;

export const CONTEXT_RULE = `must be a record of features, up to ${LONGEST} characters`;

/**
 * Whether this is what a history can hold of a moment. Names that the task does not know are kept, and of no use; what is undefined is
 * missing.
 */
export function isContext(told: unknown): told is Features {
  if (typeof told !== "object" || told === null || Array.isArray(told)) return false;
  const known = Object.values(told).every(
    (value) => (value ?? null) === null || isScalar(value) || (Array.isArray(value) && value.every(isScalar)),
  );
  return known && JSON.stringify(told).length <= LONGEST;
}

/** Of its own, also where the host's is a proxy: what is told is of that moment, whatever the host does with the record. */
export const copyOf = (context: Features): Features =>
  Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? [...value] : value]],
    ),
  );

const isScalar = (value: unknown): boolean => typeof value === "number" || typeof value === "string";
