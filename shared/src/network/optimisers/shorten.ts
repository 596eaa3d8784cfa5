/** g ← g · most / ‖g‖ where the blocks of g are longer together (Pascanu et al. 2013, arXiv 1211.5063, §3.2). In place. */
export function shorten(blocks: readonly Float64Array[], most: number): void {
  let squares = 0;
  for (const block of blocks) for (const value of block) squares += value * value;
  const length = Math.sqrt(squares);
  if (!(length > most)) return;
  for (const block of blocks)
    for (let i = 0; i < block.length; i++) block[i] = ((block[i] ?? 0) * most) / length;
}
