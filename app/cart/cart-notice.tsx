'use client';

import type { ReactNode } from 'react';
import type { CartSaving } from './cart-store.ts';

interface CartNoticeProps {
  readonly saving: CartSaving;
  readonly paying: boolean;
  readonly onRetry: () => void;
  readonly onSee: () => void;
}

/** What the buyer must know about the cart before going on; nothing when all is well. */
export function CartNotice({ saving, paying, onRetry, onSee }: CartNoticeProps) {
  if (paying) {
    return (
      <Notice action={{ words: 'See payment', onClick: onSee }}>
        A payment for this cart is still open. The cart can be changed once its outcome is known.
      </Notice>
    );
  }
  switch (saving) {
    case 'failed':
      return <Notice action={{ words: 'Try again', onClick: onRetry }}>Your last change is not saved yet.</Notice>;
    case 'locked':
      return <Notice>This cart is being paid, perhaps in another tab, and cannot be changed meanwhile.</Notice>;
    case 'ordered':
      return <Notice>Your last cart was paid already. This is a new one.</Notice>;
    case 'saved':
    case 'saving':
      return null;
  }
}

interface NoticeProps {
  readonly children: ReactNode;
  readonly action?: { readonly words: string; readonly onClick: () => void };
}

function Notice({ children, action }: NoticeProps) {
  return (
    <div
      role="status"
      className="mt-2 mb-1 flex items-center justify-between gap-4 rounded-2xl bg-accent-soft py-1 pr-2 pl-4"
    >
      <p className="py-2 text-sm leading-snug">{children}</p>
      {action && (
        <button
          type="button"
          onClick={action.onClick}
          className="min-h-12 shrink-0 rounded-full px-2 font-semibold text-accent underline underline-offset-4"
        >
          {action.words}
        </button>
      )}
    </div>
  );
}
