'use client';

import dynamic from 'next/dynamic';

/** Apart from the first load: the walls stand at once, and no screen waits for what hangs on them. */
const Drawing = dynamic(() => import('./drawing.tsx'), { ssr: false });

/** The picture of a product on the wall it belongs to, filling whatever box it is put in. */
export function ProductArt({ sku }: { sku: string }) {
  return (
    <div className={`flex size-full items-center justify-center ${WALLS.get(sku) ?? 'bg-sunken'}`}>
      <Drawing sku={sku} />
    </div>
  );
}

const WALLS: ReadonlyMap<string, string> = new Map([
  ['field-notes', 'bg-straw'],
  ['pour-over', 'bg-blush'],
  ['enamel-mug', 'bg-sky'],
  ['trail-bottle', 'bg-sage'],
  ['brass-pen', 'bg-lilac'],
  ['desk-lamp', 'bg-char'],
  ['wool-blanket', 'bg-bone-deep'],
  ['last-print', 'bg-clay'],
]);
