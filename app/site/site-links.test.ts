import { expect, it } from 'vitest';
import { isHere, PHONE_LINKS, SITE_LINKS } from './site-links.ts';

it('marks one link on every page, and the shop on all that is part of it', () => {
  const marked = (path: string) => PHONE_LINKS.filter(({ href }) => isHere(href, path)).map(({ words }) => words);
  expect(marked('/')).toEqual(['Shop']);
  expect(marked('/orders/1')).toEqual(['Shop']);
  expect(marked('/label')).toEqual(['Shop']);
  expect(marked('/lab')).toEqual(['Retry lab']);
  expect(marked('/backstage')).toEqual(['Backstage']);
});

it('leads to nothing on a desktop that a phone does not have', () => {
  for (const link of SITE_LINKS) expect(PHONE_LINKS).toContainEqual(link);
});
