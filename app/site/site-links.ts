export interface SiteLink {
  readonly href: string;
  readonly words: string;
  /** Not there when the shop is no demonstration. */
  readonly isDemo?: boolean;
}

/** What there is beside the shop, in the order a newcomer would take it. */
export const SITE_LINKS: readonly SiteLink[] = [
  { href: '/', words: 'Shop' },
  { href: '/scenarios', words: 'Scenarios', isDemo: true },
  { href: '/lab', words: 'Retry lab' },
  { href: '/methods', words: 'Methods' },
  { href: '/how-it-works', words: 'How it works' },
];

/** On a desktop the backstage stands beside the phone; on a phone it is a place to go to. */
export const PHONE_LINKS: readonly SiteLink[] = [
  ...SITE_LINKS.slice(0, 1),
  { href: '/backstage', words: 'Backstage', isDemo: true },
  ...SITE_LINKS.slice(1),
];

/** The shop is every path that is nobody else's: its cart and its receipts are still the shop. */
export function isHere(href: string, path: string): boolean {
  if (href !== '/') return path === href || path.startsWith(`${href}/`);
  return !PHONE_LINKS.some((link) => link.href !== '/' && isHere(link.href, path));
}
