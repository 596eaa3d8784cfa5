import { describe } from "vitest";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";
import { historyStoreContract } from "./history-store-contract.js";

describe("the memory store", () => {
  historyStoreContract(async () => memoryHistoryStore());
});
