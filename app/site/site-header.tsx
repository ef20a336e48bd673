import { Wordmark } from '../phone/wordmark.tsx';
import { Link } from './link.tsx';
import { SiteMenu } from './site-menu.tsx';
import { SiteNav } from './site-nav.tsx';

/** Above the table and above every page. Where the shop is the whole screen, the phone's own header has the menu. */
export function SiteHeader({ isHiddenOnPhones = false }: { isHiddenOnPhones?: boolean }) {
  return (
    <header
      className={`mx-auto h-16 w-full max-w-[76rem] items-center justify-between pr-2 pl-5 phone-up:flex phone-up:px-8 ${isHiddenOnPhones ? 'hidden' : 'flex'}`}
    >
      <Link href="/" aria-label="Payonce, home" className="flex min-h-12 items-center">
        <Wordmark />
      </Link>
      <SiteNav />
      {!isHiddenOnPhones && <SiteMenu />}
    </header>
  );
}
