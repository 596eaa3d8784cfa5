/** A task's own LayersModel was given to an engine that computes built-in layers only. */
export class NeedsTfjsError extends Error {
  override readonly name = "NeedsTfjsError";

  constructor(engine: string) {
    super(
      `${engine} cannot compute the task's own model: pass engine: await createTfjsEngine(), from @tacit/client/tfjs`,
    );
  }
}
