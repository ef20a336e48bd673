/** Rings for one who waits, and remembers that it rang while nobody was waiting. */
export class Bell {
  #rang = false;
  #wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.#rang = true;
    this.#wake?.();
  };

  /** Whatever has rung by now has been heard. */
  silence(): void {
    this.#rang = false;
  }

  /** Resolves when the bell rings, when it has rung since it was silenced, or after so long. Never rejects. */
  async rung(withinMs: number | null): Promise<void> {
    if (this.#rang) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (withinMs !== null) timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
