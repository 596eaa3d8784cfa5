type Three = readonly [number, number, number];

/** Linear RGB as people see it who lack one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1). */
export const COLOUR_VISIONS: Readonly<Record<string, readonly [Three, Three, Three]>> = {
  "all three kinds of cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "no long-wave cones": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "no middle-wave cones": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "no short-wave cones": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** @param colour as #rrggbb. */
function rgbOf(colour: string): Three {
  const part = (place: number) => linear(Number.parseInt(colour.slice(place, place + 2), 16) / 255);
  return [part(1), part(3), part(5)];
}

const dot = (a: Three, b: Three): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** With white: WCAG 2.2's contrast ratio. */
export const contrast = (colour: string): number =>
  1.05 / (dot([0.2126, 0.7152, 0.0722], rgbOf(colour)) + 0.05);

/** How far apart two colours are to people of a colour vision, in Oklab (Ottosson 2020). */
export function distance(a: string, b: string, [red, green, blue]: readonly [Three, Three, Three]): number {
  const seen = (colour: string): Three => {
    const rgb = rgbOf(colour);
    const within = (row: Three) => Math.min(1, Math.max(0, dot(row, rgb)));
    return oklab([within(red), within(green), within(blue)]);
  };
  const [first, second] = [seen(a), seen(b)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

function oklab(rgb: Three): Three {
  const cones: Three = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb)),
  ];
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}
