import type { MetricSum } from "@tacit/shared";
import type { Generated, JSONColumnType } from "kysely";
import type { EnrolmentMode } from "./identity-store.js";
import type { ObservedEvents } from "./store.js";

/** The one SQL schema, as Kysely sees it; `migrations.ts` makes it. */
export interface Schema {
  tasks: { hash: string; name: string; spec: string; created_at: Generated<Date> };
  model_versions: {
    task_hash: string;
    version: number;
    hash: string;
    previous_hash: string;
    parameters: Uint8Array;
    optimiser_state: Uint8Array;
    noise_state: Uint8Array;
  };
  rounds: {
    task_hash: string;
    version: number;
    cohort_id: string;
    selected: number;
    contributors: number;
    metrics: JSONColumnType<readonly MetricSum[]>;
    committed_at: Date;
  };
  ledger: {
    task_hash: string;
    version: number;
    participations: number;
    events: JSONColumnType<ObservedEvents | null>;
    coordinator_epsilon: number;
    releases_epsilon: number;
    delta: number;
  };
  participations: { task_hash: string; update_id: string; client_id: string; version: number };
  clients: {
    client_id: string;
    identity_key: string;
    enrolled_by: EnrolmentMode;
    /** Of the token that vouched for the key. */
    subject: string | null;
    enrolled_at: Date;
    revoked_at: Date | null;
  };
  invites: { token_hash: string; uses_left: number; expires_at: Date };
}
