'use client';

import { usePathname } from 'next/navigation';
import { useIsDemo } from './demo.tsx';
import { Link } from './link.tsx';
import { isHere, SITE_LINKS } from './site-links.ts';

export function SiteNav() {
  const path = usePathname();
  const isDemo = useIsDemo();
  return (
    <nav aria-label="Payonce" className="hidden phone-up:block">
      {/* The last word, and not the room around it, ends where the page does. */}
      <ul className="-mr-2.5 flex desk:-mr-3.5">
        {SITE_LINKS.filter((link) => isDemo || !link.isDemo).map(({ href, words }) => {
          const here = isHere(href, path);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={`flex min-h-12 items-center px-2.5 desk:px-3.5 ${here ? 'font-semibold text-ink' : 'text-ink-soft hover:text-ink'}`}
              >
                {words}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
