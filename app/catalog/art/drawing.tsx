import type { ComponentType } from 'react';
import { BrassPen } from './brass-pen.tsx';
import { DeskLamp } from './desk-lamp.tsx';
import { EnamelMug } from './enamel-mug.tsx';
import { FieldNotes } from './field-notes.tsx';
import { LastPrint } from './last-print.tsx';
import { PourOver } from './pour-over.tsx';
import { TrailBottle } from './trail-bottle.tsx';
import { WoolBlanket } from './wool-blanket.tsx';

/** What is drawn of a product; nothing for one that has no drawing. */
export default function Drawing({ sku }: { sku: string }) {
  const Piece = DRAWINGS.get(sku);
  return Piece ? <Piece /> : null;
}

const DRAWINGS: ReadonlyMap<string, ComponentType> = new Map([
  ['field-notes', FieldNotes],
  ['pour-over', PourOver],
  ['enamel-mug', EnamelMug],
  ['trail-bottle', TrailBottle],
  ['brass-pen', BrassPen],
  ['desk-lamp', DeskLamp],
  ['wool-blanket', WoolBlanket],
  ['last-print', LastPrint],
]);
