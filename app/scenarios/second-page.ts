import type { PaymentInput } from '../checkout/payment-state.ts';
import type { Step } from './scenario.ts';
import { hear, type News, TAB_PATH, tell } from './tab-messages.ts';

export interface SecondPage {
  /** Taps Pay there. */
  pays(input: PaymentInput, withKey: boolean): void;
  /** Resolves when the page has sent a request since it was told to pay. */
  sent(): Promise<void>;
  /** As the reload button does: the document, its client and all it had under way are gone. True: it found a payment. */
  reload(): Promise<boolean>;
  /** Resolves when what it does has come to an outcome. */
  done(): Promise<void>;
  close(): void;
}

interface SecondPageParts {
  readonly storageKey: string;
  /** Where the visitor sees it. */
  readonly place: HTMLElement;
  readonly onStep: (step: Step) => void;
  readonly onSent: () => void;
}

/** A page that does not come up within this is not coming. */
const OPENS_WITHIN_MS = 20_000;

/** Opens a frame of this shop: a second document in this browser, as a second tab is one. */
export async function openSecondPage({ storageKey, place, onStep, onSent }: SecondPageParts): Promise<SecondPage> {
  const frame = document.createElement('iframe');
  frame.title = 'The other page';
  frame.className = 'h-32 w-full rounded-2xl border border-line-strong';
  const waiting: { kind: News['kind']; resolve: (news: News) => void }[] = [];
  const next = (kind: News['kind']) => new Promise<News>((resolve) => waiting.push({ kind, resolve }));

  const opened = next('opened');
  frame.src = `${TAB_PATH}#${storageKey}`;
  place.append(frame);
  const page = frame.contentWindow;
  if (!page) throw new Error('the frame has no window');
  const stopHearing = hear<News>(page, (news) => {
    if (news.kind === 'step') onStep(news.step);
    if (news.kind === 'sent') onSent();
    for (const one of waiting.filter(({ kind }) => kind === news.kind)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve(news);
    }
  });
  const close = () => {
    stopHearing();
    frame.remove();
  };
  await inTime(opened).catch((error) => {
    close();
    throw error;
  });

  let done = next('done');
  let sent = next('sent');
  return {
    pays(input, withKey) {
      done = next('done');
      sent = next('sent');
      tell(page, { kind: 'pay', input, withKey });
    },
    sent: async () => void (await sent),
    async reload() {
      const again = next('opened');
      done = next('done');
      page.location.reload();
      const news = await inTime(again);
      return news.kind === 'opened' && news.found;
    },
    done: async () => void (await done),
    close,
  };
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('the second page did not open')), OPENS_WITHIN_MS);
  });
  return Promise.race([promise, late]);
}
