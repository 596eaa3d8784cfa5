import { setTimeout } from "node:timers/promises";
import {
  encodeDelivery,
  encodeModel,
  PROTOCOL_VERSION,
  type TaskDocument,
  type TaskSpec,
} from "@tacit/shared";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import type { Logger } from "pino";
import type { ModelVersion } from "../store/store.js";

interface HttpOptions {
  readonly task: TaskSpec;
  readonly taskHash: string;
  /** d, parameters of the network. */
  readonly dimension: number;
  readonly head: () => ModelVersion;
  readonly version: (modelVersion: number) => Promise<ModelVersion | undefined>;
  /** Resolves when the coordinator can do its work. */
  readonly ready: () => Promise<void>;
  /** Per address. */
  readonly requestsPerMinute: number;
  /** Proxies in front, whose word on the client's address is taken; none when left out. */
  readonly trustedProxies?: number | undefined;
  readonly logger: Logger;
}

const READY_MILLISECONDS = 5000;

/** A store that is frozen says nothing at all. */
async function late(): Promise<never> {
  await setTimeout(READY_MILLISECONDS, undefined, { ref: false });
  throw new Error(`the store has not answered within ${READY_MILLISECONDS} ms`);
}

const IMMUTABLE = "public, max-age=31536000, immutable";
const MODEL_TYPE = "application/octet-stream";

/** Everything a client reads over HTTP. All of it is public, and errors are `{ error: { reason, message } }`. */
export function createHttp(options: HttpOptions): Express {
  const { task, taskHash, dimension, head, version, ready, requestsPerMinute, logger } = options;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", options.trustedProxies ?? false);
  app.set("etag", false);
  app.use(helmet({ crossOriginResourcePolicy: { policy: "cross-origin" } }));

  app.get("/healthz", (_request, response) => {
    response.json({ ok: true });
  });
  app.get("/readyz", async (_request, response) => {
    const problem = await Promise.race([ready(), late()]).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem) logger.warn({ error: problem }, "not ready");
    response.status(problem ? 503 : 200).json({ ok: !problem });
  });

  app.use(allowAnyOrigin);
  app.use(
    rateLimit({
      windowMs: 60_000,
      limit: requestsPerMinute,
      // What it would find fault with, it prints as a stack trace and not to our log.
      validate: false,
      standardHeaders: "draft-8",
      legacyHeaders: false,
      message: { error: { reason: "too-many-requests", message: "try again in a minute" } },
    }),
  );
  app.use(
    compression({ filter: (_request, response) => isCompressible(response.getHeader("content-type")) }),
  );

  app.get("/v1/tasks/:task", (request, response) => {
    if (request.params.task !== task.name) throw new NotFoundError("unknown-task", "no such task");
    const { modelVersion, hash } = head();
    const document: TaskDocument = {
      version: PROTOCOL_VERSION,
      task,
      taskHash,
      modelVersion,
      modelHash: hash,
      finished: modelVersion >= task.rounds,
      rounds: { completed: modelVersion, total: task.rounds },
    };
    response.set("cache-control", "no-cache").json(document);
  });

  app.get("/v1/tasks/:task/models/:version", async (request, response) => {
    if (request.params.task !== task.name) throw new NotFoundError("unknown-task", "no such task");
    const model = await find(request.params.version);
    if (!model) throw new NotFoundError("unknown-model", "no such version");
    response.set({
      "cache-control": IMMUTABLE,
      etag: `"${model.hash}"`,
      "x-tacit-previous-hash": model.previousHash,
    });
    if (names(request.headers["if-none-match"], model.hash)) {
      response.status(304).end();
      return;
    }
    const base = task.delivery?.deltas ? await earlier(request.query.from, model) : undefined;
    response.type(MODEL_TYPE).send(Buffer.from(packed(model, base)));
  });

  function packed({ modelVersion, parameters }: ModelVersion, base: ModelVersion | undefined): Uint8Array {
    const model = { taskHash, modelVersion, parameters };
    const { delivery } = task;
    return delivery ? encodeDelivery(model, { delivery, parameters: dimension, base }) : encodeModel(model);
  }

  /** Whoever holds none of our earlier versions gets the whole of this one. */
  async function earlier(from: unknown, { modelVersion }: ModelVersion): Promise<ModelVersion | undefined> {
    const base = typeof from === "string" ? await find(from) : undefined;
    return base && base.modelVersion < modelVersion ? base : undefined;
  }

  async function find(wanted: string): Promise<ModelVersion | undefined> {
    const newest = head();
    if (!/^\d{1,9}$/.test(wanted) || Number(wanted) > newest.modelVersion) return undefined;
    return Number(wanted) === newest.modelVersion ? newest : version(Number(wanted));
  }

  app.use(() => {
    throw new NotFoundError("not-found", "no such resource");
  });
  app.use(errorHandler(logger));
  return app;
}

/**
 * Whether the client has this version already. Express's own `request.fresh` says no to every `fetch` with this
 * header, because the Fetch standard then adds `cache-control: no-cache`; these bytes can never be out of date.
 */
function names(ifNoneMatch: string | undefined, hash: string): boolean {
  return ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === `"${hash}"`) ?? false;
}

class NotFoundError extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    const reason = error instanceof NotFoundError ? error.reason : status < 500 ? "malformed" : "internal";
    const message =
      error instanceof NotFoundError ? error.message : status < 500 ? "bad request" : "internal error";
    if (status >= 500) logger.error({ error }, "request failed");
    if (response.headersSent) response.destroy();
    else response.status(status).json({ error: { reason, message } });
  };
}

/** Express's own errors (a path that cannot be decoded) carry the status they want. */
function statusOf(error: unknown): number {
  if (error instanceof NotFoundError) return 404;
  const wanted = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
  return typeof wanted === "number" && wanted >= 400 && wanted < 500 ? wanted : 500;
}

/** The SDK runs on other people's origins; nothing here depends on who asks. */
const allowAnyOrigin: RequestHandler = (request, response, next) => {
  response.set({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "if-none-match",
    "access-control-expose-headers": "etag, x-tacit-previous-hash",
    "access-control-max-age": "86400",
  });
  if (request.method === "OPTIONS") response.status(204).end();
  else next();
};

const isCompressible = (type: unknown): boolean => typeof type === "string" && /json|octet-stream/.test(type);
