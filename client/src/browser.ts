export {
  type IndexedDbHistoryStoreOptions,
  indexedDbHistoryStore,
} from "./history/indexeddb-history-store.js";
export { UnreadableStoreError } from "./history/unreadable-store-error.js";
