import { type Bytes, erase } from "./bytes.js";

/** Remembers every secret of one session, so that the end of the session forgets them all. */
export class SecretKeeper {
  readonly #secrets: Bytes[] = [];

  keep<Secret extends Bytes>(secret: Secret): Secret {
    this.#secrets.push(secret);
    return secret;
  }

  eraseAll(): void {
    erase(...this.#secrets.splice(0));
  }
}
