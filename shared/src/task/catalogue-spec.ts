import * as v from "valibot";
import { featureSpecsSchema } from "./feature-spec.js";

/** What is public of the items. */
export const catalogueSchema = v.strictObject({
  features: featureSpecsSchema,
  /** Names of the relations that the graph encoder follows; of others in the host's list it knows nothing. */
  relations: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.minLength(1), v.maxLength(16)),
  ),
});
