import { letsThrough, type Mishap, type Trouble } from './trouble.ts';

/** Names and explanations of the troubles: the direction in plain words, because the direction is the lesson. */
export const TROUBLE_WORDS: Record<Trouble, { readonly name: string; readonly hint: string }> = {
  lose_request: { name: 'Lose the request', hint: 'It never reaches the shop. Nothing happened there.' },
  lose_response: { name: 'Lose the response', hint: 'The shop has done it. You never hear.' },
  cut_midway: { name: 'Cut the answer midway', hint: 'The shop has done it. Half of its answer reaches you.' },
  delay: { name: 'Delay', hint: 'It reaches the shop one to three seconds late.' },
  duplicate: { name: 'Duplicate delivery', hint: 'It reaches the shop twice at the same time.' },
  offline: { name: 'Go offline', hint: 'Your connection is gone for some seconds. Nothing is sent until it is back.' },
  answer_503: { name: 'Turn away, 503', hint: 'A gateway is too busy to ask the shop. Nothing happened there.' },
  answer_429: { name: 'Slow down, 429', hint: 'A gateway says when to come back. Nothing happened at the shop.' },
  cut_socket: {
    name: 'Cut the real connection',
    hint: 'Not played: the shop has done it and hangs up, twice. Your browser sends it again by itself.',
  },
};

/** A script in one sentence: `Try 1 loses its response, try 2 arrives twice.` */
export function scriptWords(script: readonly Mishap[]): string {
  const last = script.at(-1);
  if (!last) return 'Everything arrives.';
  const tries = script.map((mishap, index) => `try ${index + 1} ${mishapWords(mishap)}`);
  const sentence = (letsThrough(last.kind) ? tries : [...tries, 'then it gets through']).join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function mishapWords(mishap: Mishap): string {
  switch (mishap.kind) {
    case 'lose_request':
      return 'loses its request';
    case 'lose_response':
      return 'loses its response';
    case 'cut_midway':
      return 'gets half an answer';
    case 'delay':
      return `arrives ${seconds(mishap.delayMs)} late`;
    case 'duplicate':
      return 'arrives twice';
    case 'offline':
      return `finds you offline for ${seconds(mishap.offlineMs)}`;
    case 'answer_503':
      return 'is turned away';
    case 'answer_429':
      return `is told to come back in ${mishap.retryAfterSeconds} s`;
    case 'cut_socket':
      return 'is cut off by the shop, twice';
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
