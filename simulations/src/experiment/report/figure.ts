import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

const WIDTH = 760;

/** One SVG, or SVG with its legend, as text: no script, nothing loaded. */
export function figure(options: PlotOptions): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return plot({ width: WIDTH, marginRight: 30, ...options, document }).outerHTML;
}
