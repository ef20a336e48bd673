import type { ComponentType } from 'react';
import { BrassPen } from './brass-pen.tsx';
import { DeskLamp } from './desk-lamp.tsx';
import { EnamelMug } from './enamel-mug.tsx';
import { FieldNotes } from './field-notes.tsx';
import { LastPrint } from './last-print.tsx';
import { PourOver } from './pour-over.tsx';
import { TrailBottle } from './trail-bottle.tsx';
import { WoolBlanket } from './wool-blanket.tsx';

/** The picture of a product on the wall it belongs to, filling whatever box it is put in. */
export function ProductArt({ sku }: { sku: string }) {
  const piece = COLLECTION.get(sku);
  return (
    <div className={`flex size-full items-center justify-center ${piece?.wall ?? 'bg-sunken'}`}>
      {piece && <piece.Drawing />}
    </div>
  );
}

const COLLECTION: ReadonlyMap<string, { readonly wall: string; readonly Drawing: ComponentType }> = new Map([
  ['field-notes', { wall: 'bg-straw', Drawing: FieldNotes }],
  ['pour-over', { wall: 'bg-blush', Drawing: PourOver }],
  ['enamel-mug', { wall: 'bg-sky', Drawing: EnamelMug }],
  ['trail-bottle', { wall: 'bg-sage', Drawing: TrailBottle }],
  ['brass-pen', { wall: 'bg-lilac', Drawing: BrassPen }],
  ['desk-lamp', { wall: 'bg-char', Drawing: DeskLamp }],
  ['wool-blanket', { wall: 'bg-bone-deep', Drawing: WoolBlanket }],
  ['last-print', { wall: 'bg-clay', Drawing: LastPrint }],
]);
