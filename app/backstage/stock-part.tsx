import type { Snapshot } from '#server/backstage/snapshot.ts';

/** Where every piece is. Each row adds up to what there was at first. */
export function StockPart({ stock }: Pick<Snapshot, 'stock'>) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Where every piece is</caption>
      <thead>
        <tr className="text-right text-ink-soft">
          <th scope="col" className="py-1.5 text-left font-normal">
            Thing
          </th>
          <th scope="col" className="font-normal">
            Shelf
          </th>
          <th scope="col" className="font-normal">
            Held
          </th>
          <th scope="col" className="font-normal">
            Sold
          </th>
          <th scope="col" className="font-normal">
            At first
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {stock.map(({ sku, name, stock: left, reserved, sold, atFirst }) => (
          <tr key={sku} className={`text-right ${left + reserved + sold === atFirst ? '' : 'text-danger'}`}>
            <th scope="row" className="py-1.5 text-left font-semibold">
              {name}
            </th>
            <td>{left}</td>
            <td>{reserved}</td>
            <td>{sold}</td>
            <td className="text-ink-soft">{atFirst}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
