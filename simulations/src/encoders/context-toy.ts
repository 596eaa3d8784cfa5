import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const HOURS = ["day", "night"];
const IDS = ["news", "film", "song"];
const HISTORIES = 200;

/** News by day and films by night, whatever was clicked before. */
export function contextToy(random: Random): Toy {
  const hours = { features: [{ name: "hour", kind: "categorical" as const, values: HOURS }] };
  const next = (hour: string) => (hour === "day" ? "news" : "film");
  const before = () => [IDS[random.integer(IDS.length)] ?? "", IDS[random.integer(IDS.length)] ?? ""];
  return {
    name: "context",
    needs: "what the host tells of the moment",
    catalogue: { features: [{ name: "name", kind: "categorical", values: IDS }] },
    items: IDS.map((id) => ({ id, features: { name: id } })),
    arms: { "mean, no context": { model: {} }, "mean, context": { model: {}, context: hours } },
    histories: Array.from({ length: HISTORIES }, () => {
      const hour = HOURS[random.integer(HOURS.length)] ?? "";
      return clicks([...before(), next(hour)], { hour });
    }),
    choices: Array.from({ length: 50 }, (_, i) => {
      const hour = HOURS[i % HOURS.length] ?? "";
      const wrong = hour === "day" ? "film" : "news";
      return { history: clicks(before()), right: next(hour), wrong, context: { hour } };
    }),
  };
}
