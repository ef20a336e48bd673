import { keyWords } from './key-badge.tsx';
import type { Request } from './request-part.tsx';

const WITHOUT = 'without';

interface RequestFilterProps {
  readonly requests: readonly Request[];
  readonly nameOf: (keyHash: string) => string;
  /** `all`, `without`, or the hash of a key. */
  readonly wanted: string;
  readonly onChange: (wanted: string) => void;
}

/** The requests of one key alone, where there is more than one to tell apart. */
export function RequestFilter({ requests, nameOf, wanted, onChange }: RequestFilterProps) {
  const hashes = [...new Set(requests.map(({ keyHash }) => keyHash))];
  if (hashes.length < 2) return null;
  return (
    <label className="mb-1 flex items-center justify-between gap-3 text-sm">
      Requests with
      <select
        value={wanted}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-12 rounded-2xl border border-line-strong bg-surface px-3 text-base"
      >
        <option value="all">any key, or none</option>
        {hashes.map((hash) => (
          <option key={hash ?? WITHOUT} value={hash ?? WITHOUT}>
            {keyWords(hash === null ? null : nameOf(hash))}
          </option>
        ))}
      </select>
    </label>
  );
}

export function requestsWith(requests: readonly Request[], wanted: string): readonly Request[] {
  if (wanted === 'all') return requests;
  return requests.filter(({ keyHash }) => (keyHash ?? WITHOUT) === wanted);
}
