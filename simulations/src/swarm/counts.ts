/** What the clients of a swarm have done so far. */
export interface SwarmCounts {
  /** Clients whose turn to join has come. */
  readonly joined: number;
  /** Clients that are connected now. */
  readonly connected: number;
  /** Training runs. */
  readonly trained: number;
  /** Updates that became a part of a version. */
  readonly uploaded: number;
  /** Refusals by reason, the coordinator's and the clients' own. */
  readonly refused: Readonly<Record<string, number>>;
  /** Clients that have seen the task finished. */
  readonly finished: number;
  /** Clients that were refused for good and have not seen the task finished. */
  readonly out: number;
  /** Model versions that a client has received while it ran, ascending. */
  readonly versions: readonly number[];
  readonly problems: number;
  readonly lastProblem?: string | undefined;
}

export const NO_COUNTS: SwarmCounts = {
  joined: 0,
  connected: 0,
  trained: 0,
  uploaded: 0,
  refused: {},
  finished: 0,
  out: 0,
  versions: [],
  problems: 0,
};

/** Of two parts of a swarm together. */
export function addCounts(a: SwarmCounts, b: SwarmCounts): SwarmCounts {
  const refused = { ...a.refused };
  for (const [reason, times] of Object.entries(b.refused)) refused[reason] = (refused[reason] ?? 0) + times;
  return {
    joined: a.joined + b.joined,
    connected: a.connected + b.connected,
    trained: a.trained + b.trained,
    uploaded: a.uploaded + b.uploaded,
    refused,
    finished: a.finished + b.finished,
    out: a.out + b.out,
    versions: [...new Set([...a.versions, ...b.versions])].sort((x, y) => x - y),
    problems: a.problems + b.problems,
    lastProblem: b.lastProblem ?? a.lastProblem,
  };
}
