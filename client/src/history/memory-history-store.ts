import type { Interaction } from "@tacit/shared";
import type { HistoryStore, RecordName } from "./history-store.js";

/** Forgets everything when the app ends. */
export function memoryHistoryStore(): HistoryStore {
  const interactions: Interaction[] = [];
  const records = new Map<RecordName, Uint8Array>();
  const charges = new Map<string, Uint8Array>();
  let locked = false;
  return {
    interactions: async () => [...interactions],
    append: async (interaction) => {
      interactions.push(interaction);
    },
    read: async (name) => records.get(name)?.slice(),
    write: async (name, bytes) => {
      records.set(name, bytes.slice());
    },
    remove: async (name) => {
      records.delete(name);
    },
    charges: async () => [...charges.values()].map((bytes) => bytes.slice()),
    charge: async (id, bytes) => {
      if (!charges.has(id)) charges.set(id, bytes.slice());
    },
    trim: async (most) => {
      interactions.splice(0, interactions.length - most);
    },
    lock: async () => {
      if (locked) return undefined;
      locked = true;
      return async () => {
        locked = false;
      };
    },
    close: async () => {},
  };
}
