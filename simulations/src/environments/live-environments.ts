import { eCommerce } from "./e-commerce.js";
import { financialRisk } from "./financial-risk.js";
import type { LiveEnvironment } from "./live-environment.js";
import { news } from "./news.js";
import { trafficSignals } from "./traffic-signals.js";

/** All environments that can be played. */
export const LIVE_ENVIRONMENTS: readonly LiveEnvironment[] = [eCommerce, news, financialRisk, trafficSignals];
