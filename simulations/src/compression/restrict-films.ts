import type { TaskSpecInput } from "@tacit/shared";
import { type FederatedFilmsOptions, federatedFilms } from "./federated-films.js";

/** One form of updates. */
interface UpdateForm {
  readonly form: string;
  readonly update: NonNullable<NonNullable<TaskSpecInput["learning"]>["update"]>;
}

/** Each with a subspace for every version, and with one for all versions. */
export const UPDATE_FORMS: readonly UpdateForm[] = [true, false].flatMap((redraw) => {
  const named = (form: string) => (redraw ? form : `${form}, drawn once`);
  return [
    ...[0.25, 0.1].map((share) => ({
      form: named(`random mask, ${100 * share} %`),
      update: { kind: "random-mask", share, redraw } as const,
    })),
    ...[4, 2].map((rank) => ({
      form: named(`rank ${rank}`),
      update: { kind: "low-rank", rank, redraw } as const,
    })),
  ];
});

/** What one form of updates costs to send, in bytes a client and round, and how well the model ranks that comes of it. */
export interface Restricted {
  readonly form: string;
  readonly upload: number;
  readonly hitRate: number;
}

/** A federation over the films' people whose updates have this form. */
export function restrictFilms(options: FederatedFilmsOptions, { form, update }: UpdateForm): Restricted {
  const { versions, upload, hitRate } = federatedFilms(options, { learning: { update } });
  return { form, upload, hitRate: hitRate(versions.at(-1)?.parameters ?? new Float32Array()) };
}
