import type { Random } from "@tacit/shared";
import { shuffled } from "../draw-some.js";
import { clicks, type Toy } from "../toys/toy.js";

const COLOURS = ["red", "blue", "green", "white"];
const SHAPES = ["round", "square", "long", "flat"];
const THINGS = 4;
const HISTORIES = 3000;
const CHOICES = 200;

interface Look {
  readonly colour: string;
  readonly shape: string;
}

const nameOf = ({ colour, shape }: Look) => `${colour} ${shape}`;

/**
 * Four things, and a sign that says nothing but that they are over: next is what has the colour of the last thing and the
 * shape of the last but two. The wrong choice has either the other's colour or the other's shape, so that whoever looks at
 * one of them, or at both alike, guesses half of the choices: 75 %.
 */
export function twoLookupsToy(random: Random): Toy {
  const looks = COLOURS.flatMap((colour) => SHAPES.map((shape) => ({ colour, shape })));
  const any = () => looks[random.integer(looks.length)] ?? { colour: "", shape: "" };
  const unlike = (values: readonly string[], value: string, rather: string) =>
    [rather, ...shuffled(values, random)].find((other) => other !== value) ?? "";
  const draw = () => {
    const things = Array.from({ length: THINGS }, any);
    const [coloured, shaped] = [things.at(-1) ?? any(), things.at(-3) ?? any()];
    const { colour } = coloured;
    const { shape } = shaped;
    const wrong =
      random.integer(2) === 0
        ? { colour: unlike(COLOURS, colour, shaped.colour), shape }
        : { colour, shape: unlike(SHAPES, shape, coloured.shape) };
    return { ids: [...things.map(nameOf), "over"], right: nameOf({ colour, shape }), wrong: nameOf(wrong) };
  };
  // The mean sees the last event alone: what the others say comes by attention.
  const model = { encoder: "attention", historyLength: THINGS + 1, placeDecay: 10 } as const;
  return {
    name: "two lookups",
    needs: "to look at two events at once, at each for something else",
    catalogue: {
      features: [
        { name: "sign", kind: "categorical", values: ["over"] },
        { name: "colour", kind: "categorical", values: COLOURS },
        { name: "shape", kind: "categorical", values: SHAPES },
      ],
    },
    items: [
      { id: "over", features: { sign: "over" } },
      ...looks.map((look) => ({ id: nameOf(look), features: { ...look } })),
    ],
    arms: {
      "attention, one head": { model },
      "attention, four heads": { model: { ...model, heads: 4 } },
    },
    learning: { localSteps: 2000, batchSize: 64, learningRate: 0.003 },
    lastOnly: true,
    histories: Array.from({ length: HISTORIES }, () => {
      const { ids, right } = draw();
      return clicks([...ids, right]);
    }),
    choices: Array.from({ length: CHOICES }, () => {
      const { ids, right, wrong } = draw();
      return { history: clicks(ids), right, wrong };
    }),
  };
}
