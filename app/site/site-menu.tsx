'use client';

import { usePathname } from 'next/navigation';
import { useId, useRef } from 'react';
import { MenuIcon } from '../phone/icons.tsx';
import { useIsDemo } from './demo.tsx';
import { Link } from './link.tsx';
import { isHere, PHONE_LINKS } from './site-links.ts';

/** The site's links on a phone. A popover of the browser's own: it closes on Escape and on a tap elsewhere. */
export function SiteMenu() {
  const id = useId();
  const menu = useRef<HTMLElement>(null);
  const path = usePathname();
  const isDemo = useIsDemo();
  return (
    <div className="phone-up:hidden">
      <button
        type="button"
        popoverTarget={id}
        aria-label="Menu"
        className="grid size-12 place-items-center rounded-full transition-colors hover:bg-sunken"
      >
        <MenuIcon />
      </button>
      <nav
        ref={menu}
        id={id}
        popover="auto"
        aria-label="Payonce"
        className="fixed inset-auto top-16 right-2 m-0 w-60 rounded-3xl border border-line bg-surface p-2 text-ink shadow-lift"
      >
        <ul>
          {PHONE_LINKS.filter((link) => isDemo || !link.isDemo).map(({ href, words }) => {
            const here = isHere(href, path);
            return (
              <li key={href}>
                <Link
                  href={href}
                  onClick={() => menu.current?.hidePopover()}
                  aria-current={here ? 'page' : undefined}
                  className={`flex min-h-12 items-center rounded-2xl px-4 hover:bg-sunken ${here ? 'font-semibold' : 'text-ink-soft'}`}
                >
                  {words}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
    </div>
  );
}
