import PgBoss from "pg-boss";

/** One chunk of a sum, as a job. */
export interface ChunkJob {
  readonly sum: number;
  readonly chunk: number;
  readonly modelVersion: number;
  readonly clients: readonly number[];
  /** Sealed updates one by one, instead of their sum. */
  readonly apart: boolean;
}

export interface TakenJob extends ChunkJob {
  readonly jobId: string;
}

const SCHEMA = "tacit_queue";
/** Whoever holds a job for longer is taken for dead, and another gets it. */
const EXPIRES_SECONDS = 10;
/** Between two looks for the dead. */
const WATCH_SECONDS = 1;
const MOST_TRIES = 10_000;
/** A job done twice harms nobody, so what is alive but slow may finish, too. */
const POLICY = { expireInSeconds: EXPIRES_SECONDS, retryLimit: MOST_TRIES, retryDelay: 0 };

/** The jobs of a run on pg-boss: each is somebody's, until it is done or its holder is taken for dead. */
export class ChunkQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** @param watches whether this process looks for jobs of the dead. */
  static async open(url: string, watches: boolean, onError: (error: Error) => void): Promise<ChunkQueue> {
    const boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      supervise: watches,
      maintenanceIntervalSeconds: WATCH_SECONDS,
      schedule: false,
      max: 4,
    });
    boss.on("error", onError);
    await boss.start();
    return new ChunkQueue(boss);
  }

  async create(run: string): Promise<void> {
    await this.#boss.createQueue(queueOf(run), { name: queueOf(run), policy: "standard", ...POLICY });
  }

  async remove(run: string): Promise<void> {
    // A queue with jobs is not deleted, and what is done counts as a job, too.
    await this.#boss.getDb().executeSql(`delete from ${SCHEMA}.job where name = $1`, [queueOf(run)]);
    await this.#boss.deleteQueue(queueOf(run));
  }

  async put(run: string, jobs: readonly ChunkJob[]): Promise<void> {
    await this.#boss.insert(jobs.map((data) => ({ name: queueOf(run), data, ...POLICY })));
  }

  async take(run: string): Promise<TakenJob | undefined> {
    const [job] = await this.#boss.fetch<ChunkJob>(queueOf(run));
    return job && { ...job.data, jobId: job.id };
  }

  async done(run: string, jobId: string): Promise<void> {
    await this.#boss.complete(queueOf(run), jobId);
  }

  /** For another to take at once. */
  async giveBack(run: string, jobId: string): Promise<void> {
    await this.#boss.fail(queueOf(run), jobId);
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, wait: true });
  }
}

const queueOf = (run: string): string => `run-${run}`;
