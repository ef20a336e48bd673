import { v4 as uuid } from 'uuid';
import { countWord } from '../bill/count-words.ts';
import { pageStorage } from '../page-storage.ts';
import { type Buyer, createBuyer } from './buyer.ts';
import { type Judged, measure } from './measure.ts';
import type { Run, Say, Scenario, Step } from './scenario.ts';
import { openSecondPage, type SecondPage } from './second-page.ts';
import { createStage } from './stage.ts';

interface Performance {
  readonly withKey: boolean;
  readonly now: () => number;
  readonly place: () => HTMLElement | null;
  readonly onStep: (step: Step) => void;
}

/** Plays a scenario once, counts afterwards, and leaves nothing behind in the browser. Never rejects. */
export async function perform(scenario: Scenario, { withKey, now, place, onStep }: Performance): Promise<Run['end']> {
  const storage = pageStorage();
  const storageKey = `payonce.scenario.${uuid()}`;
  const leavers: (() => void)[] = [];
  const judged: Judged[] = [];
  let sent = 0;
  const onSent = () => {
    sent += 1;
  };
  const say: Say = (who, words) => onStep({ who, words });

  const hire = (as: { say: Say; storageKey: string; fetch?: typeof fetch }): Buyer => {
    const buyer = createBuyer({ storage, now, onSent, ...as });
    leavers.push(buyer.leave, () => storage.removeItem(as.storageKey));
    return buyer;
  };
  const secondPage = async (): Promise<SecondPage> => {
    const there = place();
    if (!there) throw new Error('the visitor has left');
    const tell = asOther('The other page', say);
    const page = await openSecondPage({
      ...{ storageKey, place: there, onSent },
      onStep: ({ who, words }) => tell(who, words),
    });
    leavers.push(page.close);
    return page;
  };

  try {
    await scenario.play(
      createStage({
        withKey,
        say,
        buyer: hire({ say, storageKey }),
        secondBuyer: () =>
          hire({ say: asOther('The other buyer', say), storageKey: `${storageKey}.second`, fetch: fetchAsSecondBuyer }),
        secondPage,
        onCart: (cartId, { books }) => judged.push({ books, cartId }),
      }),
    );
    const truth = { sent, ...(await measure(judged)) };
    say('World', `The payment provider is asked what it charged for this: ${countWord(truth.charges)}.`);
    return { kind: 'measured', truth, words: scenario.after(truth, withKey) };
  } catch (error) {
    reportError(error);
    return { kind: 'broken' };
  } finally {
    for (const leave of leavers) leave();
  }
}

function asOther(name: string, say: Say): Say {
  return (who, words) => say(who, `${name}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`);
}

/** A browser has one cookie; the demonstration lets it be a second customer by a header. */
const fetchAsSecondBuyer: typeof fetch = (target, init) => {
  const headers = new Headers(init?.headers);
  headers.set('Payonce-Demo-Buyer', 'second');
  return window.fetch(target, { ...init, headers });
};
