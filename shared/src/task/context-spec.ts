import * as v from "valibot";
import { featureSpecsSchema } from "./feature-spec.js";

/** What a host may tell of a moment (the hour, the page, the weather), encoded as items' features are. */
export const contextSchema = v.strictObject({ features: featureSpecsSchema });
