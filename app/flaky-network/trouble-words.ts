import type { Mishap, Trouble } from './trouble.ts';

/** Names and explanations of the troubles: the direction in plain words, because the direction is the lesson. */
export const TROUBLE_WORDS: Record<Trouble, { readonly name: string; readonly hint: string }> = {
  lose_request: { name: 'Lose the request', hint: 'It never reaches the shop. Nothing happened there.' },
  lose_response: { name: 'Lose the response', hint: 'The shop has done it. You never hear.' },
  delay: { name: 'Delay', hint: 'It arrives one to three seconds late.' },
  duplicate: { name: 'Duplicate delivery', hint: 'It arrives twice at the same time.' },
};

/** A script in one sentence: `1st response lost, 2nd response lost, then it gets through.` */
export function scriptWords(script: readonly Mishap[]): string {
  const tries = script.map((mishap, index) => `try ${index + 1} ${MISHAP_WORDS[mishap.kind]}`);
  const sentence = [...tries, 'then it gets through'].join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const MISHAP_WORDS: Record<Trouble, string> = {
  lose_request: 'loses its request',
  lose_response: 'loses its response',
  delay: 'is late',
  duplicate: 'arrives twice',
};
