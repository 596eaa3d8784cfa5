import { type Column, wholeColumn } from "./column.js";

/** How often each client has taken part, and in which version last (0: never). */
export interface Attendance {
  readonly participations: Column;
  readonly latest: Column;
}

/** Nobody has taken part; versions go up to `rounds`. */
export const emptyAttendance = (clients: number, rounds: number): Attendance => ({
  participations: wholeColumn(clients, rounds),
  latest: wholeColumn(clients, rounds),
});

/** The rules of a task for one client. */
export interface AttendanceLimit {
  readonly participations: number;
  /** Rounds that must pass between two participations. */
  readonly minimumSeparation: number;
}

/** Whether a client may become a part of `version`. */
export function mayAttend(
  { participations, latest }: Attendance,
  limit: AttendanceLimit,
  client: number,
  version: number,
): boolean {
  const count = participations[client] ?? 0;
  if (count >= limit.participations) return false;
  return (
    count === 0 || limit.minimumSeparation === 0 || version > (latest[client] ?? 0) + limit.minimumSeparation
  );
}

export function attend({ participations, latest }: Attendance, client: number, version: number): void {
  participations[client] = (participations[client] ?? 0) + 1;
  latest[client] = version;
}

export const attendanceBytes = ({ participations, latest }: Attendance): number =>
  participations.byteLength + latest.byteLength;
