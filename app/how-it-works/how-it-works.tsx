import { DemoOnly } from '../site/demo.tsx';
import { Link } from '../site/link.tsx';
import { LostAnswer } from './lost-answer.tsx';

/** The whole idea on one page: one diagram, the three things that make it true, and what it rests on. */
export function HowItWorks() {
  return (
    <>
      <h1 className="max-w-[44rem] text-[2.5rem] leading-none font-bold tracking-[-0.035em] phone-up:text-[3.25rem]">
        No answer is not a no.
      </h1>
      <p className="mt-5 max-w-[40rem] text-lg leading-relaxed text-ink-soft">
        When an answer gets lost, nobody can tell whether the payment was made. Asking again could charge twice, and
        giving up could leave a charge without an order. So each tap on Pay gets a key, and the shop carries out one key
        once.
      </p>
      <LostAnswer />
      <div className="mt-16 grid gap-x-10 gap-y-8 desk:grid-cols-3">
        {PARTS.map(({ title, text }) => (
          <section key={title}>
            <h2 className="text-xl font-bold tracking-[-0.02em]">{title}</h2>
            <p className="mt-2 leading-relaxed text-ink-soft">{text}</p>
          </section>
        ))}
      </div>
      <section aria-labelledby="rests-on" className="mt-16 max-w-[40rem]">
        <h2 id="rests-on" className="text-2xl font-bold tracking-[-0.02em]">
          What it rests on
        </h2>
        <p className="mt-3 leading-relaxed text-ink-soft">
          The payment provider honours keys of its own, or can be asked what became of a payment. The disk does not lie
          about what it has kept. Clocks err by less than an hour. Requests may still arrive many times: delivering
          exactly once is impossible, and doing exactly one thing about it is not.
        </p>
      </section>
      <nav aria-label="Where to go from here" className="mt-12 flex flex-wrap gap-3">
        <DemoOnly>
          <NextLink href="/scenarios" words="Play what goes wrong" />
        </DemoOnly>
        {NEXT.map((link) => (
          <NextLink key={link.href} {...link} />
        ))}
      </nav>
    </>
  );
}

function NextLink({ href, words }: { href: string; words: string }) {
  return (
    <Link
      href={href}
      className="flex min-h-12 items-center rounded-full bg-surface px-5 font-semibold hover:text-accent"
    >
      {words}
    </Link>
  );
}

const PARTS = [
  {
    title: 'The phone keeps the key',
    text: 'It is made at the tap and stored with the whole order before the first byte leaves. A second tap, a second tab, a reload and a crash all find the same key. Only a known outcome, paid or refused, lets go of it.',
  },
  {
    title: 'The shop claims it',
    text: 'The first request with a key gets the right to run, for as long as it shows that it lives. Order, stock, mail and answer are kept in one commit, so there is never one without the others. Whoever comes later gets the kept answer.',
  },
  {
    title: 'Nothing stays half done',
    text: 'When the shop dies between the charge and the order, the next run asks the provider before it acts, and goes on where the last one stopped. It does so also when the buyer never comes back.',
  },
] as const;

const NEXT = [
  { href: '/', words: 'Try it in the shop' },
  { href: '/lab', words: 'See why waits are drawn by lot' },
  { href: '/methods', words: 'See which requests need a key' },
] as const;
