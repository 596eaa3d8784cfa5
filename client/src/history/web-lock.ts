import type { Release } from "./history-store.js";

/** Takes a lock of the origin, which the browser frees when its tab closes or crashes; undefined while it is held. */
export function webLock(name: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const ended = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((free) => {
        resolve(async () => {
          free();
          await ended;
        });
      });
    });
    ended.catch(reject);
  });
}
