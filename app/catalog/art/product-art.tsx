import goods from './goods.svg';

/**
 * The picture of a product on the wall it belongs to, filling whatever box it is put in. The walls stand with the
 * document; what hangs on them is one file that the browser draws from, so that no script has to. A product that has
 * no drawing has its wall alone.
 */
export function ProductArt({ sku }: { sku: string }) {
  return (
    <div className={`flex size-full items-center justify-center ${WALLS.get(sku) ?? 'bg-sunken'}`}>
      <svg aria-hidden="true" focusable="false" className="size-full">
        <use href={`${goods.src}#${sku}`} />
      </svg>
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
