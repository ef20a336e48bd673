import type { Page } from '@playwright/test';

/** One thing that the checkout said of the payment, in a word for tests and in the words on the screen. */
export interface Said {
  readonly state: string;
  readonly words: string;
}

/**
 * Writes down all that the checkout says from now on, for as long as the document lives. A wait is drawn and may be next
 * to nothing, so what is said in it is not looked for while it lasts but read afterwards.
 */
export async function writeDown(page: Page): Promise<() => Promise<readonly Said[]>> {
  await page.evaluate(() => {
    const said: Said[] = [];
    const look = () => {
      const status = document.querySelector<HTMLElement>('[data-testid="payment-status"]');
      if (!status) return;
      const [state, words] = [status.dataset.state ?? '', status.textContent ?? ''];
      const last = said.at(-1);
      if (last?.state !== state || last.words !== words) said.push({ state, words });
    };
    look();
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['data-state'],
    });
    Object.assign(window, { said });
  });
  return () => page.evaluate(() => (window as unknown as { said: Said[] }).said);
}

/** The states alone, each once for as long as it lasted. */
export function statesOf(said: readonly Said[]): string[] {
  return said.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
}
