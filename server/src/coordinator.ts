import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  addPacked,
  budgetStatement,
  canonicalJson,
  coordinatorStatement,
  emptySum,
  taskHash as hashTask,
  initialParameters,
  isMasked,
  layersProblems,
  looksAtSingleUpdates,
  networkShape,
  type PrivacyStatement,
  parameterCount,
  planAggregation,
  planSealing,
  platformPrimitives,
  releasesStatement,
  splitVersion,
  type TaskSpec,
  updateLength,
  uploadBytes,
} from "@tacit/shared";
import { type Logger, pino } from "pino";
import { createHttp } from "./gateway/http.js";
import { SocketGateway } from "./gateway/socket.js";
import { Admission } from "./identity/admission.js";
import type { Enrolment } from "./identity/enrolment.js";
import { openEnrolment } from "./identity/open-enrolment.js";
import { createOptimiser } from "./optimisers/create-optimiser.js";
import { firstVersion } from "./rounds/first-version.js";
import { participationLimit } from "./rounds/participation-limit.js";
import { type CommittedRound, RoundDriver } from "./rounds/round-driver.js";
import { RoundMachine } from "./rounds/round-machine.js";
import { SecureAggregation } from "./rounds/secure-aggregation.js";
import { createUnmaskPool } from "./rounds/unmask-pool.js";
import { unmasking } from "./rounds/unmasking.js";
import { openFolderStore, openMemoryStore, openPostgresStore } from "./store/open-store.js";
import type { LedgerEntry, Store } from "./store/store.js";
import { verifyChain } from "./store/verify-chain.js";
import { TaskRefusedError } from "./task-refused-error.js";

export interface CoordinatorOptions {
  readonly task: TaskSpec;
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; loopback when left out. */
  readonly host?: string | undefined;
  /** Folder of the embedded database. Without this, `databaseUrl` and `store`, everything is forgotten at `close`. */
  readonly data?: string | undefined;
  /** `postgres://…`, instead of `data`. */
  readonly databaseUrl?: string | undefined;
  /** An open store, instead of either; `close` leaves it open. */
  readonly store?: Store | undefined;
  /** Whose keys are let in; everybody's when left out. */
  readonly enrolment?: Enrolment | undefined;
  readonly logger?: Logger | undefined;
  /** Version 0 of a new task, instead of the task's own initialisation. */
  readonly initialParameters?: Float32Array | undefined;
  /** HTTP requests per address. */
  readonly requestsPerMinute?: number | undefined;
  /** Proxies in front, whose word on a client's address is taken: else all behind one share its limit. None when left out. */
  readonly trustedProxies?: number | undefined;
}

export interface CoordinatorStatus {
  readonly task: string;
  readonly taskHash: string;
  readonly modelVersion: number;
  readonly modelHash: string;
  readonly finished: boolean;
  readonly phase: RoundMachine["phase"];
  /** Clients that are checked in. */
  readonly connected: number;
  /** Clients that wait for a cohort with an update. */
  readonly ready: number;
  readonly bytesPerUpdate: number;
  /** Spent so far, by the client that took part most often. */
  readonly privacy: { readonly coordinator: PrivacyStatement; readonly releases: PrivacyStatement };
}

export interface Coordinator {
  /** `http://host:port`, for HTTP and Socket.IO. */
  readonly url: string;
  status(): CoordinatorStatus;
  /** The newest version's parameters: a copy. */
  parameters(): Float32Array;
  /** L2 bound of updates made from the newest version. */
  clip(): number;
  /** Calls `listener` after each commit; returns its removal. */
  onRound(listener: (committed: CommittedRound) => void): () => void;
  /** Shuts a client out for good: it is cut off now, and refused when it comes back. */
  revoke(clientId: string): Promise<"revoked" | "unknown">;
  /** Abandons the open cohort or lets its commit finish, disconnects everyone and closes the store. */
  close(): Promise<void>;
}

const GENEROUS_REQUESTS_PER_MINUTE = 60_000;

/**
 * Starts a coordinator for one task, from version 0 or from where its store left off.
 * @throws TaskRefusedError when the task cannot be sealed, its own model is malformed or its budget does not pay for one participation.
 * @throws TaskConflictError, FolderInUseError, BrokenChainError for what is wrong with the store.
 * @throws RangeError for `initialParameters` that are not those of the task's network, or no numbers.
 */
export async function startCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const { task, enrolment = openEnrolment, logger = pino({ level: "silent" }) } = options;
  const taskHash = hashTask(task);
  const wrong = task.model.layers ? layersProblems(task.model.layers) : [];
  if (wrong.length > 0) throw new TaskRefusedError(wrong);
  const shape = networkShape(task);
  const dimension = parameterCount(shape);
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) throw new TaskRefusedError([planned]);
  const { plan } = planned;
  const aggregated = planAggregation(task);
  if (!aggregated.ok) throw new TaskRefusedError([aggregated]);
  const limit = participationLimit(
    task.privacy,
    (participations) => budgetStatement(task, plan.updateLength, participations).epsilon,
  );
  if (limit.participations < 1) {
    const message = "does not pay for a single participation: raise it, or the noise multiplier";
    throw new TaskRefusedError([{ field: "privacy.maximumEpsilon", message }]);
  }

  const store = options.store ?? (await openStore(options, logger));
  const closeStore = async () => {
    if (!options.store) await store.close();
  };
  try {
    const parameters = options.initialParameters ?? initialParameters(shape, task.model.seed);
    const { privacy } = task;
    const initial = firstVersion({ task, taskHash, plan }, parameters);
    await store.openTask({ taskHash, name: task.name, spec: canonicalJson(task), initial });
    const head = await verifyChain(store, taskHash);
    const participations = await store.attendance(taskHash);
    let spent: LedgerEntry | undefined = (await store.ledger(taskHash)).at(-1);
    const { size: cohortSize, minimum, maximumStaleness, timeoutSeconds } = task.cohort;
    const machine = new RoundMachine(
      {
        cohortSize,
        minimum,
        maximumStaleness,
        timeoutSeconds,
        rounds: task.rounds,
        masked: isMasked(task.privacy),
        separate: looksAtSingleUpdates(task),
        limit,
      },
      { empty: () => emptySum(plan), add: (sum, packed) => addPacked(plan, sum, packed) },
      { modelVersion: head.modelVersion, participations },
    );

    const listeners = new Set<(committed: CommittedRound) => void>();
    const server = createServer();
    const gateway = new SocketGateway({ server, task, taskHash, dimension: plan.dimension, logger });
    const aggregation = { task, taskHash, plan, optimiser: createOptimiser(task.aggregation) };
    const primitives = await platformPrimitives();
    const admission = new Admission(primitives, store.identities, enrolment);
    const pool = createUnmaskPool();
    const rounds = new RoundDriver({
      aggregation,
      machine,
      store,
      head,
      audience: gateway,
      secure: isMasked(task.privacy)
        ? new SecureAggregation({
            aggregation,
            ...unmasking(primitives, pool),
            identities: admission,
            send: (clientId, message) => gateway.deliver(clientId, message),
            onCulprit: (clientId) => machine.setAside(clientId),
            logger,
          })
        : undefined,
      logger,
      onCommitted(committed) {
        spent = committed.ledger;
        for (const listener of listeners) {
          try {
            listener(committed);
          } catch (error) {
            logger.error({ error }, "a listener of rounds failed");
          }
        }
      },
    });
    const http = createHttp({
      task,
      taskHash,
      dimension,
      head: () => rounds.head,
      version: (modelVersion) => store.version(taskHash, modelVersion),
      ready: () => store.ping(),
      requestsPerMinute: options.requestsPerMinute ?? GENEROUS_REQUESTS_PER_MINUTE,
      trustedProxies: options.trustedProxies,
      logger,
    });
    // Socket.IO takes its own requests before anyone else sees them, and passes the others on.
    server.on("request", (request, response) => {
      if (!request.url?.startsWith("/socket.io/")) http(request, response);
    });
    gateway.open(rounds, admission);
    const url = await listen(server, options.port, options.host ?? "127.0.0.1");
    const { modelVersion } = head;
    logger.info(
      { url, task: task.name, taskHash, modelVersion, dimension, enrolment: enrolment.mode },
      "listening",
    );

    let closing: Promise<void> | undefined;
    const close = async () => {
      await rounds.stop();
      await gateway.close();
      await pool.close();
      await closeStore();
      logger.info("closed");
    };
    return {
      url,
      status: () => ({
        task: task.name,
        taskHash,
        modelVersion: rounds.head.modelVersion,
        modelHash: rounds.head.hash,
        finished: machine.finished,
        phase: machine.phase,
        connected: gateway.connected,
        ready: machine.readyClients,
        bytesPerUpdate: uploadBytes(plan.dimension, task.privacy.bits),
        privacy: {
          coordinator: coordinatorStatement(task, plan.updateLength, spent?.participations ?? 0),
          releases: releasesStatement(task, plan.updateLength, spent?.participations ?? 0),
        },
      }),
      parameters: () => splitVersion(task.privacy, rounds.head.parameters)?.parameters.slice() ?? parameters,
      clip: () => splitVersion(task.privacy, rounds.head.parameters)?.clip ?? privacy.clip,
      onRound(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      async revoke(clientId) {
        const outcome = await store.identities.revoke(clientId, new Date());
        gateway.cut(clientId);
        return outcome;
      },
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await closeStore();
    throw error;
  }
}

function openStore({ data, databaseUrl }: CoordinatorOptions, logger: Logger): Promise<Store> {
  if (databaseUrl !== undefined) {
    return openPostgresStore(databaseUrl, (error) => logger.warn({ error }, "lost a database connection"));
  }
  return data === undefined ? openMemoryStore() : openFolderStore(data);
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const { address, family, port: bound } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${bound}`);
    });
  });
}
