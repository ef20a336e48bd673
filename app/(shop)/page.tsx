import { connection } from 'next/server';
import { theShop } from '#server/the-shop.ts';
import { CatalogScreen } from '../catalog/catalog-screen.tsx';

/** Comes with the shelf as it is: nobody waits for a script to ask for it. */
export default async function CatalogPage() {
  // The layout's does not speak for the page: `next build` renders both at a time, and would open the shop.
  await connection();
  return <CatalogScreen shelf={await shelf()} />;
}

async function shelf() {
  try {
    const { shop } = await theShop();
    return await shop.shelf();
  } catch {
    // The screen asks once more, and says so when there is no answer.
    return undefined;
  }
}
