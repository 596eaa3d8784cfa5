export { type FileHistoryStoreOptions, fileHistoryStore } from "./history/file-history-store.js";
export { UnreadableStoreError } from "./history/unreadable-store-error.js";
