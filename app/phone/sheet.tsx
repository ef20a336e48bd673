'use client';

import { Dialog } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactNode } from 'react';
import { CloseIcon } from './icons.tsx';
import { SHEETS_ID } from './sheets-id.ts';

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
  /** Stays in sight under the scrolling part. */
  readonly footer?: ReactNode;
  readonly tall?: boolean;
  /** Stays in sight under the title. */
  readonly banner?: ReactNode;
}

/** A sheet that rises from the bottom of the phone and holds the focus until it is closed. */
export function Sheet({ title, open, onOpenChange, children, footer, tall, banner }: SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal container={document.getElementById(SHEETS_ID)} onKeyDown={waitAtTheEdge}>
        <Dialog.Backdrop
          forceRender
          className="fixed inset-0 z-20 bg-veil transition-opacity duration-300 ease-calm data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Dialog.Popup
          className={`fixed inset-x-0 bottom-0 z-20 flex max-h-[94%] flex-col rounded-t-[1.75rem] bg-paper text-ink shadow-lift outline-none transition-transform duration-350 ease-calm data-ending-style:translate-y-full data-starting-style:translate-y-full ${tall ? 'h-[94%]' : ''}`}
        >
          <div className="flex shrink-0 items-center justify-between pt-3 pr-3 pb-1 pl-5">
            <Dialog.Title className="text-xl font-bold tracking-[-0.02em]">{title}</Dialog.Title>
            <Dialog.Close
              aria-label={`Close ${title.toLowerCase()}`}
              className="grid size-12 place-items-center rounded-full text-ink-soft transition-colors hover:bg-sunken hover:text-ink"
            >
              <CloseIcon />
            </Dialog.Close>
          </div>
          {banner}
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-6">{children}</div>
          {footer}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/**
 * Past the last control stands a guard that sends the focus round, but only in the next frame. A second Tab before
 * that frame would leave the sheet for the page behind it.
 */
function waitAtTheEdge(event: KeyboardEvent) {
  if (event.key === 'Tab' && event.target instanceof Element && event.target.matches('[data-base-ui-focus-guard]')) {
    event.preventDefault();
  }
}
