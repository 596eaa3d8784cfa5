import { eCommerce } from "./e-commerce.js";
import type { LiveEnvironment } from "./live-environment.js";
import { news } from "./news.js";

/** All environments that can be played. */
export const LIVE_ENVIRONMENTS: readonly LiveEnvironment[] = [eCommerce, news];
