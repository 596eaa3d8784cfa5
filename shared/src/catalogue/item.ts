/** One modality's value; missing is allowed everywhere. */
export type FeatureValue = number | string | readonly string[] | readonly number[] | null | undefined;

/** Something that can be recommended. Its features are public. */
export interface Item {
  readonly id: string;
  readonly features: Readonly<Record<string, FeatureValue>>;
}
