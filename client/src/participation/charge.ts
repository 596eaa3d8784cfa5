import type { Device } from "../device/device.js";
import { type ClientLimits, limitReached, participationRho } from "../ledger/limits.js";
import type { LocalTask } from "../model/local-model.js";
import type { ParticipantEvent, SealedUpdate } from "./participant-state.js";

interface Charging {
  readonly device: Device;
  readonly local: LocalTask;
  readonly limits: ClientLimits;
}

/** Whether the update may leave the device; otherwise what that is to the participant, if anything. */
export type Charged = { readonly ok: true } | { readonly ok: false; readonly event?: ParticipantEvent };

/** Charges once for each update: from the moment its bytes may have left, they count. Rejects when the store fails. */
export async function charge(
  { device, local, limits }: Charging,
  { updateId, modelVersion }: SealedUpdate,
  connected: () => boolean,
): Promise<Charged> {
  // Another tab may have withdrawn consent or erased the update. What leaves is what a crash would leave, too.
  const stored = await device.storedUpdate(local);
  if (stored?.updateId !== updateId || (await device.freshConsent()) !== "granted") {
    return { ok: false, event: { kind: "erased", updateId } };
  }
  const ledger = await device.freshLedger();
  if (ledger.some((entry) => entry.updateId === updateId)) return { ok: true };
  const reached = limitReached(limits, local, ledger);
  if (reached) return { ok: false, event: { kind: "limited", updateId, reached } };
  if (!connected()) return { ok: false };
  const { taskHash } = local;
  await device.charge({ taskHash, updateId, modelVersion, releasesRho: participationRho(local) });
  return { ok: true };
}
