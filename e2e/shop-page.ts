import { expect, type Locator, type Page } from '@playwright/test';

export const cards = {
  works: 'Visa •••• 4242',
  declined: 'Visa •••• 0002',
  insufficientFunds: 'Visa •••• 9995',
  slowBank: 'Visa •••• 6000',
} as const;

export type PaymentState =
  | 'ready'
  | 'sending'
  | 'no_answer'
  | 'retrying'
  | 'offline'
  | 'shop_silent'
  | 'in_progress'
  | 'paid'
  | 'declined'
  | 'refused'
  | 'unknown';

interface Purchase {
  readonly items?: readonly string[];
  readonly card?: string;
}

/** The shop as a buyer meets it: by role and accessible name, never by class or test id where a name exists. */
export class ShopPage {
  readonly page: Page;
  readonly email: string;
  readonly checkout: Locator;
  readonly payButton: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  readonly receiptHeading: Locator;
  readonly orderNumber: Locator;

  constructor(page: Page, email: string) {
    this.page = page;
    this.email = email;
    this.checkout = page.getByRole('dialog', { name: 'Checkout' });
    this.payButton = this.checkout.getByRole('button', { name: /^Pay €\d/ });
    this.status = this.checkout.getByTestId('payment-status');
    this.alert = this.checkout.getByRole('alert');
    this.receiptHeading = page.getByRole('heading', { level: 1, name: 'Paid' });
    this.orderNumber = page.getByTestId('order-number');
  }

  async addToCart(item: string): Promise<void> {
    await this.page.getByRole('button', { name: `Add ${item} to cart` }).click();
  }

  async openCart(): Promise<void> {
    await this.page.getByRole('link', { name: /^Cart, \d+ items?$/ }).click();
    await this.page.getByRole('button', { name: 'Checkout', exact: true }).waitFor();
  }

  /** From the catalogue to a checkout that only waits for the tap on Pay. */
  async fillCheckout({ items = ['Field Notes'], card = cards.works }: Purchase = {}): Promise<void> {
    await this.page.goto('/');
    for (const item of items) await this.addToCart(item);
    await this.openCart();
    await this.openCheckout();
    await this.checkout.getByRole('textbox', { name: 'Email' }).fill(this.email);
    await this.chooseCard(card);
    await this.isReadyToPay();
  }

  async openCheckout(): Promise<void> {
    await this.page.getByRole('button', { name: 'Checkout', exact: true }).click();
  }

  async chooseCard(card: string): Promise<void> {
    await this.checkout.getByRole('radio', { name: new RegExp(card) }).check();
  }

  /** The total is the server's, so the button waits for it. */
  async isReadyToPay(): Promise<void> {
    await expect(this.payButton).not.toHaveAttribute('aria-disabled', 'true');
  }

  async pay(): Promise<void> {
    await this.payButton.click();
  }

  /** The other half of the lesson: from the catalogue to the receipt of a payment without a key, charged three times. */
  async payThreeTimes(): Promise<void> {
    await this.fillCheckout();
    await this.turn('Flaky network', 'on');
    await this.turn('Protection', 'off');
    await this.pay();
    await this.showsReceipt();
    await this.showsBill({ requests: 3, charges: 3 });
  }

  async turn(name: 'Flaky network' | 'Protection', position: 'on' | 'off'): Promise<void> {
    await this.checkout.getByRole('switch', { name }).setChecked(position === 'on');
  }

  async reaches(state: PaymentState | RegExp, { withinMs = 30_000 } = {}): Promise<void> {
    await expect(this.status).toHaveAttribute('data-state', state, { timeout: withinMs });
  }

  async showsReceipt({ withinMs = 45_000 } = {}): Promise<void> {
    await expect(this.receiptHeading).toBeVisible({ timeout: withinMs });
    await expect(this.orderNumber).not.toBeEmpty();
  }

  async showsBill({ requests, charges }: { requests: number; charges: number }): Promise<void> {
    await expect(this.page.getByTestId('bill').filter({ visible: true })).toContainText(
      `Requests ${requests} · Charges ${charges}`,
    );
  }
}
