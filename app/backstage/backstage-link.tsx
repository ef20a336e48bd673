import { Link } from '../site/link.tsx';

/** Behind the scenes, where there is no room for it beside the phone. The mark of the shop, as its bill draws it. */
export function BackstageLink() {
  return (
    <Link
      href="/backstage"
      aria-label="Backstage, what the shop saw"
      className="grid size-12 place-items-center rounded-full transition-colors hover:bg-sunken desk:hidden"
    >
      <svg viewBox="0 0 28 20" aria-hidden="true" className="h-5 w-7" fill="none" strokeWidth="2">
        <circle cx="8" cy="10" r="6" className="stroke-line-strong" />
        <circle cx="20" cy="10" r="6" className="stroke-accent" />
        <circle cx="20" cy="10" r="2.5" className="fill-accent" />
      </svg>
    </Link>
  );
}
