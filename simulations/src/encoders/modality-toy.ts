import type { Item, Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const KINDS = 6;
const ITEMS = 6;
const HISTORIES = 300;
const SPREAD = 0.1;
const MODALITIES = ["text", "image", "audio"] as const;

/**
 * Items on a circle, whose text, image and audio all say where. Learned from items that have all three; which is next:
 * a new one that has one of them alone, or one with all that lies a sixth of the circle off?
 */
export function modalityToy(random: Random): Toy {
  const kinds = Array.from({ length: KINDS }, (_, kind) => kind);
  const item = (id: string, kind: number, modalities: readonly string[]): Item => {
    const angle = (2 * Math.PI * kind) / KINDS + SPREAD * random.normal();
    const point = [Math.cos(angle), Math.sin(angle)];
    return { id, features: Object.fromEntries(modalities.map((name) => [name, point])) };
  };
  const full = (kind: number) => `all ${kind}.${random.integer(ITEMS)}`;
  return {
    name: "one modality alone",
    needs: "that missing modalities leave their share to the others",
    catalogue: { features: MODALITIES.map((name) => ({ name, kind: "vector", length: 2 })) },
    items: kinds.flatMap((kind) =>
      Array.from({ length: ITEMS }, (_, place) => item(`all ${kind}.${place}`, kind, MODALITIES)),
    ),
    newItems: kinds.flatMap((kind) => MODALITIES.map((name) => item(`${name} ${kind}`, kind, [name]))),
    arms: { "two-tower": { model: {} }, "gated-fusion": { model: { itemEncoder: "gated-fusion" } } },
    histories: Array.from({ length: HISTORIES }, () => {
      const kind = random.integer(KINDS);
      return clicks([full(kind), full(kind), full(kind)]);
    }),
    choices: kinds.flatMap((kind) =>
      MODALITIES.flatMap((alone) =>
        [1, KINDS - 1].map((off) => ({
          history: clicks([full(kind), full(kind)]),
          right: `${alone} ${kind}`,
          wrong: full((kind + off) % KINDS),
        })),
      ),
    ),
  };
}
