import type { Pressed } from './method-row.ts';

/** What two requests did to the server, by what it had before, between and after them. */
export type Verdict = 'nothing' | 'once' | 'twice' | 'refused';

export function verdictOf({ answers, states: [before, between, after] }: Pressed): Verdict {
  if (between !== after) return 'twice';
  if (before !== between) return 'once';
  return answers.every(({ status }) => status >= 400) ? 'refused' : 'nothing';
}

export const VERDICT_WORDS: Record<Verdict, string> = {
  nothing: 'Changed nothing.',
  once: 'Changed once. The repeat changed nothing more.',
  twice: 'Changed twice. The repeat was a second change.',
  refused: 'Refused both times. Nothing changed.',
};

export type AnswerLine = { readonly text: string; readonly isOther: boolean };

/** The lines of an answer, with those marked that the other one does not have in that place. */
export function linesBeside(text: string, other: string): readonly AnswerLine[] {
  const others = prettyLines(other);
  return prettyLines(text).map((line, index) => ({ text: line, isOther: line !== others[index] }));
}

function prettyLines(text: string): readonly string[] {
  if (text === '') return [];
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}
