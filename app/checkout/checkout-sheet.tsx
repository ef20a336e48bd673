'use client';

import { useRef, useState } from 'react';
import { CheckoutHint } from '../backstage/phone-hint.tsx';
import { countTap } from '../bill/taps.ts';
import { useCart } from '../cart/use-cart.ts';
import { useProducts } from '../catalog/use-products.ts';
import { client } from '../client.ts';
import { NetworkSwitches } from '../flaky-network/network-switches.tsx';
import { Sheet } from '../phone/sheet.tsx';
import { DemoOnly } from '../site/demo.tsx';
import { CardChoice } from './card-choice.tsx';
import { EmailField, emailProblem } from './email-field.tsx';
import { keepEmail, keptEmail } from './kept-email.ts';
import { OrderSummary } from './order-summary.tsx';
import { PaymentFooter } from './payment-footer.tsx';
import { attemptIn, isOpen, unknownIn } from './payment-state.ts';
import { TEST_CARDS } from './test-cards.ts';
import { UnknownScreen } from './unknown-screen.tsx';
import { useHeld } from './use-held.ts';
import { usePayment } from './use-payment.ts';
import { useQuote } from './use-quote.ts';

interface CheckoutSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export default function CheckoutSheet({ open, onOpenChange }: CheckoutSheetProps) {
  const { state } = usePayment();
  const locked = isOpen(state);
  // A paid cart is put away at once; what was paid is shown until its receipt is there.
  const cart = useHeld(useCart(), state.kind === 'paid');
  const products = useProducts();
  const quote = useQuote(cart);
  const unknown = unknownIn(state);
  // What is paid with, perhaps as another tab chose it. It has the place of what was chosen here until that counts again.
  const paying = useHeld(attemptIn(state)?.input ?? null, state.kind === 'paid');
  const [email, setEmail] = useState(() => paying?.email ?? keptEmail());
  const [card, setCard] = useState(() => paying?.paymentMethod ?? TEST_CARDS[0].paymentMethod);
  const [withKey, setWithKey] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const emailInput = useRef<HTMLInputElement>(null);

  function submit() {
    if (locked) return countTap(cart.cartId);
    if (state.kind === 'paid' || !emailInput.current) return;
    const found = emailProblem(emailInput.current);
    setProblem(found);
    if (found) return emailInput.current.focus();
    if (!quote.data || cart.version === null || cart.saving !== 'saved') return;
    keepEmail(email);
    const { cartId, version: cartVersion } = cart;
    countTap(cartId);
    const input = { cartId, cartVersion, paymentMethod: card, expectedTotalMinor: quote.data.totalMinor, email };
    void client().payment.pay(input, { withKey });
  }

  return (
    <Sheet
      title="Checkout"
      open={open}
      onOpenChange={onOpenChange}
      tall
      banner={
        <DemoOnly>
          <CheckoutHint />
        </DemoOnly>
      }
      footer={<PaymentFooter quote={quote} formId={FORM_ID} cartId={cart.cartId} />}
    >
      {unknown && <UnknownScreen state={unknown} />}
      <form
        id={FORM_ID}
        noValidate
        // Hidden and not taken away: what was typed is still there when the outcome is known.
        hidden={unknown !== null}
        className="flex flex-col gap-6 [[hidden]]:hidden"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <OrderSummary lines={cart.lines} products={products.data ?? []} quote={quote.data} />
        <EmailField
          inputRef={emailInput}
          value={paying?.email ?? email}
          problem={problem}
          locked={locked}
          onChange={(next) => {
            setEmail(next);
            setProblem(null);
          }}
        />
        <CardChoice chosen={paying?.paymentMethod ?? card} locked={locked} onChoose={setCard} />
        <DemoOnly>
          <NetworkSwitches withKey={withKey} onWithKey={setWithKey} locked={locked} />
        </DemoOnly>
      </form>
    </Sheet>
  );
}

const FORM_ID = 'checkout-form';
