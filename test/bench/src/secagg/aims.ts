import { packedBytes } from "@tacit/shared";
import { aligned } from "../aligned.js";
import { total } from "./phases.js";
import { BITS, type Outcome } from "./scenario.js";

/**
 * What the project wants to stay below, beside the published implementation in Python on the complete graph at
 * d = 100,000 and 10 % dropouts.
 */
export function aims(outcomes: readonly Outcome[], expansionRatio: number, loopDelay: number): string[] {
  const at = (clients: number) =>
    outcomes.find((one) => one.clients === clients && one.dimension === 100_000 && one.dropouts === 0.1);
  const [small, large] = [at(100), at(600)];
  const bare = packedBytes(100_000, BITS);
  const rows = [
    row("client, n = 100", small && total(small.client), 50, "ms", "9,500 ms"),
    row("of processor", small && total(small.clientProcessor), 50, "ms", ""),
    row("coordinator, n = 100", small && total(small.coordinator), 1000, "ms", "101,000 ms"),
    row("coordinator, n = 600", large && total(large.coordinator), 10_000, "ms", "4,300,000 ms"),
    row("bytes sent, n = 100", small && total(small.sent) / bare, 1.6, "× bare", ""),
    row(
      "bytes both ways, n = 100",
      small && (total(small.sent) + total(small.received)) / bare,
      1.6,
      "× bare",
      "",
    ),
    row("mask expansion", expansionRatio, 1.5, "× cipher", ""),
    row("event loop, n = 1000, p99", loopDelay, 100, "ms", ""),
  ];
  return ["", ...aligned(["aims", "measured", "below", "unit", "", "published"], rows)];
}

function row(
  name: string,
  value: number | undefined,
  aim: number,
  unit: string,
  published: string,
): string[] {
  if (value === undefined) return [name, "not measured", String(aim), unit, "", published];
  const digits = aim < 10 ? 2 : 0;
  return [name, value.toFixed(digits), String(aim), unit, value < aim ? "met" : "MISSED", published];
}
