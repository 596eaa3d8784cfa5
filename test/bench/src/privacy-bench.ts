import {
  centre,
  clip,
  createMechanism,
  createRotation,
  discreteGaussian,
  gaussianSampler,
  laplaceSampler,
  noiseShare,
  norm,
  type PrivacyEvent,
  packedBytes,
  packIntegers,
  planSealing,
  platformBytes,
  pldAccountant,
  roundStochastically,
  seededRandom,
  skellamSampler,
  unpackIntegers,
  wrap,
} from "@tacit/shared";
import type { Case, Suite } from "./suite.js";

const DIMENSION = 1_000_000;
const BITS = 20;
/** The oracle is slow. */
const EXACT_DRAWS = 10_000;

/** A cohort of a thousand clients whose summed noise is as long as one update: what b = 20 holds with ease. */
const TASK = {
  privacy: {
    mode: "distributed",
    clip: 1,
    noiseMultiplier: 1,
    bits: BITS,
    delta: 1e-6,
    maximumEpsilon: 10,
  },
  cohort: { size: 1000, minimum: 800, corruptFraction: 0.05 },
} as const;

export const privacyBench: Suite = {
  title: `sealing and opening ${DIMENSION} coordinates at b = ${BITS}, and counting what they cost`,
  cases() {
    const planned = planSealing(TASK, DIMENSION);
    if (!planned.ok) throw new Error(planned.message);
    const { plan } = planned;
    const random = seededRandom(1);
    const update = Float32Array.from({ length: DIMENSION }, () => random.normal() / 1000);
    const mechanism = createMechanism(plan, "bench");
    const rotation = createRotation(DIMENSION, "bench");
    const length = norm(update) ?? 0;
    const scaled = new Float32Array(DIMENSION);
    const rotated = new Float32Array(DIMENSION);
    const integers = new Int32Array(DIMENSION);
    const noise = new Int32Array(DIMENSION);
    const residues = new Uint32Array(DIMENSION);
    const bytes = new Uint8Array(4 * DIMENSION);
    const packed = new Uint8Array(packedBytes(DIMENSION, BITS));
    const mean = new Float32Array(DIMENSION);
    const [small, large] = [gaussianSampler(20), gaussianSampler(1e5)];
    const [laplace, skellam] = [laplaceSampler(20), skellamSampler(400)];
    const exact = discreteGaussian(20, platformBytes);
    clip(update, length, plan.clip, plan.scale, scaled);
    rotated.set(scaled);
    rotation.rotate(rotated);
    const step = (name: string, run: () => void, rest: Partial<Case> = {}): Case => ({
      name,
      elements: DIMENSION,
      run,
      ...rest,
    });
    return [
      step("copy", () => scaled.set(update), { baseline: true }),
      step("CSPRNG", () => platformBytes.fill(bytes), { baseline: true }),
      step("norm", () => norm(update)),
      step("clip and scale", () => clip(update, length, plan.clip, plan.scale, scaled)),
      step("rotate", () => rotation.rotate(scaled)),
      step("round", () => {
        roundStochastically(rotated, plan.integerNorm, platformBytes, integers);
      }),
      step("noise share", () => noiseShare(plan.shareDeviation, platformBytes, noise)),
      step("wrap", () => wrap(integers, noise, BITS, residues)),
      step("pack", () => packIntegers(residues, BITS, packed)),
      step("SEAL", () => mechanism.seal(update, platformBytes, {}, residues), { aim: 120 }),
      step("discrete Gaussian, sigma 20", () => small.fill(noise, platformBytes), { aim: 17 }),
      step("discrete Gaussian, sigma 10^5", () => large.fill(noise, platformBytes), { aim: 50 }),
      step("discrete Laplace, scale 20", () => laplace.fill(noise, platformBytes)),
      step("Skellam, variance 400", () => skellam.fill(noise, platformBytes)),
      {
        name: "exact discrete Gaussian, sigma 20",
        elements: EXACT_DRAWS,
        run: () => {
          for (let i = 0; i < EXACT_DRAWS; i++) noise[i] = exact();
        },
      },
      step("unpack", () => unpackIntegers(packed, BITS, DIMENSION, residues)),
      step("centre", () => centre(residues, BITS, 1e-3, mean)),
      step("OPEN", () => mechanism.open(residues, 1000, undefined, mean), { aim: 40 }),
      {
        name: "PLD, 10^4 compositions",
        elements: 10_000,
        aim: 1000,
        run: () => pldAccountant.epsilon([{ event: SAMPLED, compositions: 10_000 }], 1e-5),
      },
    ];
  },
};

const SAMPLED: PrivacyEvent = {
  mechanism: "poisson-sampled",
  probability: 0.01,
  event: { mechanism: "gaussian", noiseMultiplier: 1 },
};
