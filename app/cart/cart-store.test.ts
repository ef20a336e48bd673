import { expect, test } from 'vitest';
import { CART_STORAGE_KEY, type CartLine, countItems, createCart, type PutOutcome } from './cart-store.ts';

/** A page with a cart, and a server that answers a `put` when the test lets it. */
function pageWith({ kept, mayEdit = () => true }: { kept?: Map<string, string>; mayEdit?: () => boolean } = {}) {
  const storage = kept ?? new Map<string, string>();
  const puts: { cartId: string; lines: readonly CartLine[]; answer: (outcome: PutOutcome) => void }[] = [];
  let ids = 0;
  const cart = createCart({
    storage: { getItem: (name) => storage.get(name) ?? null, setItem: (name, value) => void storage.set(name, value) },
    newId: () => {
      ids += 1;
      return `cart-${ids}`;
    },
    put: (cartId, lines) => new Promise((answer) => puts.push({ cartId, lines, answer })),
    fetchLines: async () => [{ sku: 'pour-over', quantity: 3 }],
    mayEdit,
  });
  return { cart, storage, puts };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a change shows at once and is saved with absolute quantities', async () => {
  const { cart, puts } = pageWith();
  cart.setQuantity('field-notes', 2);
  expect(cart.getSnapshot()).toMatchObject({ lines: [{ sku: 'field-notes', quantity: 2 }], saving: 'saving' });
  puts[0]?.answer({ kind: 'put', version: 1, lines: [] });
  await settle();
  expect(cart.getSnapshot()).toMatchObject({ version: 1, saving: 'saved' });
});

test('changes made while a save is under way are sent once, as the newest cart', async () => {
  const { cart, puts } = pageWith();
  for (const quantity of [1, 2, 3, 4]) cart.setQuantity('field-notes', quantity);
  expect(puts).toHaveLength(1);
  puts[0]?.answer({ kind: 'put', version: 1, lines: [] });
  await settle();
  expect(puts).toHaveLength(2);
  expect(puts[1]?.lines).toEqual([{ sku: 'field-notes', quantity: 4 }]);
  puts[1]?.answer({ kind: 'put', version: 2, lines: [] });
  await settle();
  expect(cart.getSnapshot()).toMatchObject({ version: 2, saving: 'saved' });
});

test('a save that failed is said, kept over a reload, and can be sent again', async () => {
  const { cart, puts, storage } = pageWith();
  cart.setQuantity('field-notes', 1);
  puts[0]?.answer({ kind: 'failed' });
  await settle();
  expect(cart.getSnapshot().saving).toBe('failed');

  const reloaded = pageWith({ kept: storage });
  expect(reloaded.cart.getSnapshot()).toMatchObject({ lines: [{ sku: 'field-notes', quantity: 1 }], saving: 'failed' });
  const sent = reloaded.cart.retry();
  reloaded.puts[0]?.answer({ kind: 'put', version: 1, lines: [] });
  await sent;
  expect(reloaded.cart.getSnapshot().saving).toBe('saved');
});

test('a cart that is being paid takes the lines back that the server has', async () => {
  const { cart, puts } = pageWith();
  cart.setQuantity('field-notes', 1);
  puts[0]?.answer({ kind: 'locked' });
  await settle();
  expect(cart.getSnapshot()).toMatchObject({ lines: [{ sku: 'pour-over', quantity: 3 }], saving: 'locked' });
});

test('while a payment is open here, a change is refused before anything is sent', () => {
  const { cart, puts } = pageWith({ mayEdit: () => false });
  cart.setQuantity('field-notes', 1);
  expect(cart.getSnapshot()).toMatchObject({ lines: [], saving: 'locked' });
  expect(puts).toHaveLength(0);
});

test('a cart that was paid elsewhere gives way to a new one', async () => {
  const { cart, puts } = pageWith();
  const { cartId } = cart.getSnapshot();
  cart.setQuantity('field-notes', 1);
  puts[0]?.answer({ kind: 'ordered' });
  await settle();
  expect(cart.getSnapshot()).toMatchObject({ lines: [], version: null, saving: 'ordered' });
  expect(cart.getSnapshot().cartId).not.toBe(cartId);
});

test('after it is paid the cart is renewed once, however often that is said', () => {
  const { cart } = pageWith();
  const paid = cart.getSnapshot().cartId;
  cart.renew(paid);
  const next = cart.getSnapshot().cartId;
  expect(next).not.toBe(paid);
  cart.renew(paid);
  expect(cart.getSnapshot().cartId).toBe(next);
});

test('another tab is followed', () => {
  const { cart, storage } = pageWith();
  storage.set(
    CART_STORAGE_KEY,
    '{"cartId":"x","version":4,"lines":[{"sku":"brass-pen","quantity":2}],"unsaved":false}',
  );
  cart.reload();
  expect(cart.getSnapshot()).toMatchObject({ cartId: 'x', version: 4 });
  expect(countItems(cart.getSnapshot().lines)).toBe(2);
});

test('storage that holds something else is an empty cart', () => {
  for (const text of ['{', '[]', '{"cartId":7}', '{"cartId":"x","version":1,"lines":[{"sku":"a","quantity":-1}]}']) {
    const { cart } = pageWith({ kept: new Map([[CART_STORAGE_KEY, text]]) });
    expect(cart.getSnapshot().lines).toEqual([]);
  }
});
