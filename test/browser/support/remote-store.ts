import type { HistoryStore } from "@tacit/client";
import type { Page } from "playwright-core";

/** A store in the page, one call at a time as the tests make them. */
export async function remoteStore(page: Page, name: string): Promise<HistoryStore> {
  const store = await page.evaluate((database) => tacit.open(database), name);
  return {
    interactions: () => page.evaluate((number) => tacit.store(number).interactions(), store),
    append: (interaction) =>
      page.evaluate(([number, one]) => tacit.store(number).append(one), [store, interaction] as const),
    read: async (record) => {
      const numbers = await page.evaluate(
        async ([number, which]) => {
          const bytes = await tacit.store(number).read(which);
          return bytes && [...bytes];
        },
        [store, record] as const,
      );
      return numbers && Uint8Array.from(numbers);
    },
    write: (record, bytes) =>
      page.evaluate(
        ([number, which, numbers]) => tacit.store(number).write(which, Uint8Array.from(numbers)),
        [store, record, [...bytes]] as const,
      ),
    remove: (record) =>
      page.evaluate(([number, which]) => tacit.store(number).remove(which), [store, record] as const),
    charges: async () => {
      const charges = await page.evaluate(
        async (number) => (await tacit.store(number).charges()).map((bytes) => [...bytes]),
        store,
      );
      return charges.map((numbers) => Uint8Array.from(numbers));
    },
    charge: (id, bytes) =>
      page.evaluate(
        ([number, which, numbers]) => tacit.store(number).charge(which, Uint8Array.from(numbers)),
        [store, id, [...bytes]] as const,
      ),
    trim: (most) => page.evaluate(([number, kept]) => tacit.store(number).trim(kept), [store, most] as const),
    lock: async () => {
      const release = await page.evaluateHandle((number) => tacit.store(number).lock(), store);
      const held = await release.evaluate((given) => given !== undefined);
      return held ? () => release.evaluate((given) => given?.()) : undefined;
    },
    close: () => page.evaluate((number) => tacit.store(number).close(), store),
  };
}
