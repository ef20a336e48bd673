import { v4 as uuid } from 'uuid';
import { ask, askForJson } from './ask.ts';
import type { MethodRow, Prepared } from './method-row.ts';

const NOTES = { lines: [{ sku: 'field-notes', quantity: 1 }] };
const TWO_NOTES = { lines: [{ sku: 'field-notes', quantity: 2 }] };

const newCart = () => `/api/carts/${uuid()}`;

async function filledCart(): Promise<string> {
  const path = newCart();
  await askForJson({ method: 'PUT', path, body: NOTES });
  return path;
}

async function lookAtCart(path: string): Promise<string> {
  const { status, text } = await ask({ method: 'GET', path });
  if (status === 404) return 'no cart';
  const { version, lines } = JSON.parse(text) as { version: number; lines: { sku: string; quantity: number }[] };
  return `version ${version}: ${lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}`;
}

const onCart = (path: string, request: Omit<Prepared['request'], 'path'>): Prepared => ({
  request: { path, ...request },
  look: () => lookAtCart(path),
});

/** A cart lives at an id that the client chose, so every method on it may be sent again as it is. */
export const cartRows: readonly MethodRow[] = [
  {
    id: 'get',
    name: 'Read a cart',
    method: 'GET',
    path: '/api/carts/:id',
    isSafe: true,
    isIdempotent: true,
    why: 'Reading changes nothing, so it may be done as often as anybody likes.',
    looksAt: 'The cart',
    prepare: async () => onCart(await filledCart(), { method: 'GET' }),
  },
  {
    id: 'head',
    name: 'Read only its headers',
    method: 'HEAD',
    path: '/api/carts/:id',
    isSafe: true,
    isIdempotent: true,
    why: 'A GET whose body stays away: same status, same headers, nothing changed.',
    looksAt: 'The cart',
    prepare: async () => onCart(await filledCart(), { method: 'HEAD' }),
  },
  {
    id: 'put',
    name: 'Put a cart',
    method: 'PUT',
    path: '/api/carts/:id',
    isSafe: false,
    isIdempotent: true,
    why: 'The whole state goes to an address that the client chose, so the repeat finds itself already there: 201, then 200.',
    looksAt: 'The cart',
    prepare: async () => onCart(newCart(), { method: 'PUT', body: TWO_NOTES }),
  },
  {
    id: 'delete',
    name: 'Delete a cart',
    method: 'DELETE',
    path: '/api/carts/:id',
    isSafe: false,
    isIdempotent: true,
    why: 'Gone is gone: deleting what is not there leaves it not there.',
    looksAt: 'The cart',
    prepare: async () => onCart(await filledCart(), { method: 'DELETE' }),
  },
];
