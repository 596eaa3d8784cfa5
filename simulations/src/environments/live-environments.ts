import { eCommerce } from "./e-commerce.js";
import { financialRisk } from "./financial-risk.js";
import type { LiveEnvironment } from "./live-environment.js";
import { news } from "./news.js";
import { socialFeed } from "./social-feed.js";
import { trafficSignals } from "./traffic-signals.js";
import { video } from "./video.js";

/** All environments that can be played. */
export const LIVE_ENVIRONMENTS: readonly LiveEnvironment[] = [
  eCommerce,
  socialFeed,
  news,
  video,
  financialRisk,
  trafficSignals,
];

/** By its name; undefined: there is none. */
export const liveEnvironment = (name: string): LiveEnvironment | undefined =>
  LIVE_ENVIRONMENTS.find((environment) => environment.name === name);
