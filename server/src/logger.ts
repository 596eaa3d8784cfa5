import { type DestinationStream, type Logger, pino } from "pino";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What may never be in a log, under whatever name it might once be passed: nothing here logs these fields today,
 * and this is what holds when somebody does.
 */
const PRIVATE = [
  "interaction",
  "interactions",
  "history",
  "update",
  "sealed",
  "values",
  "sum",
  "parameters",
  "payload",
];

/** Structured logs, one JSON object a line. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    name: "tacit-server",
    level,
    redact: { paths: PRIVATE.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[private]" },
    serializers: { error: errorForLog },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ sync: true }));
}

/** What an error is, without what it carries: databases' errors hold the values of the statement, models and noise among them. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const told = (name: string) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === "string" ? { [name]: value } : {};
  };
  return { type, message, ...told("code"), ...told("constraint"), stack };
}
