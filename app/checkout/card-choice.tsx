'use client';

import { TEST_CARDS } from './test-cards.ts';

interface CardChoiceProps {
  readonly chosen: string;
  readonly locked: boolean;
  readonly onChoose: (paymentMethod: string) => void;
}

/** The saved cards, two by two. Native radios: arrow keys, form and screen reader work as everybody knows them. */
export function CardChoice({ chosen, locked, onChoose }: CardChoiceProps) {
  return (
    <div role="radiogroup" aria-labelledby="card-title">
      <h3 id="card-title" className="mb-2 font-semibold">
        Card
      </h3>
      <div className="grid grid-cols-2 gap-2.5">
        {TEST_CARDS.map(({ paymentMethod, name, hint }) => (
          <label
            key={paymentMethod}
            className="relative flex min-h-18 flex-col justify-center rounded-2xl bg-surface px-3.5 py-3 shadow-[inset_0_0_0_1px_var(--line)] transition-shadow duration-200 has-checked:shadow-[inset_0_0_0_2px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="paymentMethod"
              value={paymentMethod}
              checked={chosen === paymentMethod}
              onChange={() => locked || onChoose(paymentMethod)}
              aria-disabled={locked}
              className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-2xl outline-none"
            />
            <span className="leading-tight font-semibold whitespace-nowrap">{name}</span>
            <span className="text-sm leading-snug text-ink-soft">{hint}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
