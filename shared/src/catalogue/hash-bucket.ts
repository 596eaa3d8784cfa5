/** A stable bucket in [0, buckets) for a string (FNV-1a, 32 bits, over UTF-16 code units). */
export function hashBucket(text: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % buckets;
}
