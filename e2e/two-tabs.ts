import type { BrowserContext, Page } from '@playwright/test';
import { Network } from './network.ts';
import { ShopPage } from './shop-page.ts';

export interface Tab {
  readonly shop: ShopPage;
  readonly network: Network;
}

/** The same checkout in another tab of the same browser, filled in as far, with a network of its own. */
export async function secondTab(context: BrowserContext, email: string): Promise<Tab> {
  const page = await context.newPage();
  const network = await Network.between(page);
  const shop = new ShopPage(page, email);
  await page.goto('/cart?checkout');
  // It was opened before anything was paid, so it knows no address yet, and without one its Pay would do nothing.
  await shop.checkout.getByRole('textbox', { name: 'Email' }).fill(email);
  await shop.isReadyToPay();
  return { shop, network };
}

/**
 * Taps Pay in both before either can hear of the other. Two taps that are sent off together need not be: on a busy
 * machine the first tab may have told the second one before its tap lands. So what they tell each other is held back
 * until both have tapped, and so is what they send, for whoever sends may be done by then.
 */
export async function tapTogether(tabs: readonly [Tab, Tab]): Promise<void> {
  for (const { shop, network } of tabs) {
    network.holdTheRest();
    await holdWhatItTells(shop.page);
  }
  // Found before the tap: the button of a tab that has heard of a payment is another one.
  const buttons = await Promise.all(tabs.map(({ shop }) => shop.payButton.elementHandle()));
  await Promise.all(buttons.map((button) => button?.dispatchEvent('click')));
  for (const { shop } of tabs) await tellWhatIsHeld(shop.page);
  for (const { network } of tabs) await network.letEverythingArrive();
}

type Held = Window & { tellHeld?: () => void };

function holdWhatItTells(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { prototype } = BroadcastChannel;
    const tell = prototype.postMessage;
    const held: (() => void)[] = [];
    prototype.postMessage = function hold(message: unknown) {
      held.push(() => tell.call(this, message));
    };
    (window as Held).tellHeld = () => {
      prototype.postMessage = tell;
      for (const message of held) message();
    };
  });
}

function tellWhatIsHeld(page: Page): Promise<void> {
  return page.evaluate(() => (window as Held).tellHeld?.());
}
