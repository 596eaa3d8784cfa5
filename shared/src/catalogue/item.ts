/** One modality's value; missing is allowed everywhere. */
export type FeatureValue = number | string | readonly string[] | readonly number[] | null | undefined;

/** Modalities by their names in the task. */
export type Features = Readonly<Record<string, FeatureValue>>;

/** Something that can be recommended. Its features are public. */
export interface Item {
  readonly id: string;
  readonly features: Features;
}
