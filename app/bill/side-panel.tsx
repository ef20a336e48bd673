'use client';

import { useCart } from '../cart/use-cart.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { Marks } from './bill.tsx';
import { countWord } from './count-words.ts';
import { lessonOf } from './lesson.ts';
import { TryList } from './try-list.tsx';
import { useLedger } from './use-ledger.ts';

/** Beside the phone, where there is room: what this is, the bill in large type, and the tries of the last payment. */
export function SidePanel() {
  const { tries, cartId } = usePayment();
  const cart = useCart();
  const { requests, charges } = useLedger(cartId ?? (cart.known ? cart.cartId : null));
  const lesson = lessonOf({ requests, charges });
  return (
    <aside
      aria-label="About this shop"
      className="hidden w-full max-w-[25.5rem] flex-col gap-10 phone-up:flex desk:min-h-[44rem] desk:max-w-[24rem] desk:pt-6"
    >
      <div>
        <h2
          className={`text-[2.75rem] leading-none font-bold tracking-[-0.035em] wide:text-[3.25rem] ${charges > 1 ? 'text-danger' : ''}`}
        >
          {lesson.title}
        </h2>
        <p className="mt-5 text-lg leading-relaxed text-ink-soft desk:min-h-30">{lesson.text}</p>
      </div>
      <section aria-labelledby="bill-title">
        <h3 id="bill-title" className="mb-4 font-semibold text-ink-soft">
          This cart’s bill
        </h3>
        <BillFigures requests={requests} charges={charges} />
        <div className="mt-4 min-h-8">
          <Marks requests={requests} charges={charges} large />
        </div>
      </section>
      <section aria-labelledby="tries-title">
        <h3 id="tries-title" className="mb-2 font-semibold text-ink-soft">
          {tries.length > 0 ? 'Last payment, try by try' : 'Try this'}
        </h3>
        {tries.length > 0 ? <TryList tries={tries} /> : <FirstSteps />}
      </section>
    </aside>
  );
}

function BillFigures({ requests, charges }: { requests: number; charges: number }) {
  const tooMany = charges > 1;
  return (
    <dl className="grid grid-cols-2 gap-4">
      <div className="flex flex-col-reverse justify-end">
        <dt className="text-ink-soft">{requests === 1 ? 'request received' : 'requests received'}</dt>
        <dd className="text-6xl leading-none font-bold tracking-[-0.03em]">{requests}</dd>
      </div>
      <div className={`flex flex-col-reverse justify-end ${tooMany ? 'text-danger' : ''}`}>
        <dt className={tooMany ? 'font-semibold' : 'text-ink-soft'}>
          {tooMany ? `charged ${countWord(charges)}` : charges === 1 ? 'charge made' : 'charges made'}
        </dt>
        <dd className={`text-6xl leading-none font-bold tracking-[-0.03em] ${charges === 1 ? 'text-accent' : ''}`}>
          {charges}
        </dd>
      </div>
    </dl>
  );
}

function FirstSteps() {
  return (
    <ol className="flex flex-col gap-2.5">
      {STEPS.map((step, index) => (
        <li key={step} className="flex gap-3 leading-snug">
          <span className="grid size-6 shrink-0 place-items-center rounded-full bg-surface text-sm font-semibold">
            {index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}

const STEPS = [
  'Add the Field Notes to your cart and open the checkout.',
  'Turn on Flaky network and tap Pay. Watch the rings and the one dot.',
  'Do it again with Protection off.',
] as const;
