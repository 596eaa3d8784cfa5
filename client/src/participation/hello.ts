/** What the coordinator greets each connection with: the nonce that its check-in signs. */
export class Hello {
  #nonce: string | undefined;
  readonly #waiting = new Set<(nonce: string | undefined) => void>();

  received(nonce: string): void {
    this.#settle(nonce);
  }

  /** The connection is gone, and its nonce with it. */
  lost(): void {
    this.#settle(undefined);
  }

  /** Of the connection at hand, once it is there; undefined when the connection ends before. */
  nonce(): Promise<string | undefined> {
    if (this.#nonce !== undefined) return Promise.resolve(this.#nonce);
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** Whether the connection that brought this nonce is still the one at hand. */
  isCurrent(nonce: string): boolean {
    return this.#nonce === nonce;
  }

  #settle(nonce: string | undefined): void {
    this.#nonce = nonce;
    for (const resolve of this.#waiting) resolve(nonce);
    this.#waiting.clear();
  }
}
