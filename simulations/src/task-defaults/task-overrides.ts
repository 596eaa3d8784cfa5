import { readFile } from "node:fs/promises";
import { RefusedError } from "../refused-error.js";

/** A part of a task document that takes the place of a simulation's own; objects are merged unless their kinds differ, everything else replaced. */
export type TaskOverrides = Readonly<Record<string, unknown>>;

/** Own members only: a field called `__proto__` is one like any other. */
export function isDocument(value: unknown): value is TaskOverrides {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function override(base: unknown, over: unknown): unknown {
  if (!isDocument(base) || !isDocument(over)) return over;
  // Of another kind: what the one kind has means nothing to the other.
  if (base.kind !== undefined && over.kind !== undefined && over.kind !== base.kind) return over;
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(over)) merged.set(name, override(merged.get(name), value));
  return Object.fromEntries(merged);
}

/** Parts of a task, later ones over earlier ones. */
export const mergedOverrides = (parts: readonly TaskOverrides[]): TaskOverrides =>
  parts.reduce<TaskOverrides>((merged, part) => {
    const both = override(merged, part);
    return isDocument(both) ? both : part;
  }, {});

/**
 * One field of the task as the command line gives it: `learning.localSteps=8`. The value is JSON, or else a string.
 * @throws RefusedError without a name or an equals sign.
 */
export function parseSetting(text: string): TaskOverrides {
  const equals = text.indexOf("=");
  const names = text.slice(0, equals).split(".");
  if (equals < 1 || names.some((name) => name === "")) {
    throw new RefusedError(
      `${text}: a setting is a field of the task and its value, such as model.embedding=8`,
    );
  }
  const value = jsonOrText(text.slice(equals + 1));
  return names.reduceRight<TaskOverrides>(
    (inner, name, place) => ({ [name]: place === names.length - 1 ? value : inner }),
    {},
  );
}

/**
 * A task document, or a part of one, with the settings on top of it, later ones over earlier ones.
 * @throws RefusedError naming the file or the setting.
 */
export async function readOverrides(
  file: string | undefined,
  settings: readonly string[] = [],
): Promise<TaskOverrides> {
  const parts = [...(file === undefined ? [] : [await readDocument(file)]), ...settings.map(parseSetting)];
  return mergedOverrides(parts);
}

async function readDocument(file: string): Promise<TaskOverrides> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new RefusedError(`${file}: cannot be read`, { cause: error });
  });
  const read = jsonOrText(text);
  if (!isDocument(read)) throw new RefusedError(`${file}: holds no JSON object`);
  return read;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
