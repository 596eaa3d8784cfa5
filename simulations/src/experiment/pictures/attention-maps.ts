import { cell } from "@observablehq/plot";
import { figure } from "../report/figure.js";
import type { AttentionLook } from "./model-look.js";

/** How much each event (row) looks at itself and at each before it (column): a map for every head of every block. */
export function attentionMaps({ items, heads }: AttentionLook): string {
  const names = items.map((item, place) => `${place + 1} ${item}`);
  return heads
    .map(({ name, looks }) =>
      heads.length > 1 ? `<h3>${name}</h3>${mapOf(names, looks, `, ${name}`)}` : mapOf(names, looks, ""),
    )
    .join("\n");
}

function mapOf(names: readonly string[], looks: readonly (readonly number[])[], of: string): string {
  const cells = looks.flatMap((row, event) =>
    row.slice(0, event + 1).map((weight, seen) => ({ event: names[event], seen: names[seen], weight })),
  );
  return figure({
    ariaLabel: `How much each event looks at itself and at each before it${of}`,
    height: 120 + 22 * names.length,
    marginLeft: 160,
    marginBottom: 110,
    x: { domain: names, label: "looks at", tickRotate: -45 },
    y: { domain: names, label: "event" },
    color: { scheme: "blues", label: "weight" },
    marks: [cell(cells, { x: "seen", y: "event", fill: "weight" })],
  });
}
