export { type FileHistoryStoreOptions, fileHistoryStore } from "./history/file-history-store.js";
export { UnreadableStoreError } from "./history/secret-box.js";
