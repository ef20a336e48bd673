'use client';

import { useQuery } from '@tanstack/react-query';
import { client } from '../client.ts';
import { ALL_SCENARIOS } from './all-scenarios.ts';
import { PromiseList } from './promise-list.tsx';
import { ScenarioCard } from './scenario-card.tsx';
import { StartOver } from './start-over.tsx';
import { useTheatre } from './use-theatre.ts';

/** Twelve things that go wrong, each one tap away. */
export function ScenariosScreen() {
  const { runs, playing } = useTheatre();
  const { data } = useQuery({
    queryKey: ['may-kill'],
    queryFn: ({ signal }) => client().shop.backstage.scenario.mayKill.query(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <div className="max-w-[48rem]">
        <h1 className="text-[2.5rem] leading-none font-bold tracking-[-0.035em] phone-up:text-[3.25rem]">
          Twelve things that go wrong.
        </h1>
        <p className="mt-5 text-lg leading-relaxed text-ink-soft">
          One tap plays each of them on the real shop, with a fresh cart. Afterwards the payment provider is asked what
          it charged. Then take the protection away and play the same again.
        </p>
      </div>
      <div className="mt-10 flex flex-col gap-4">
        {ROWS.map((row) => (
          // Cards of a row are of one height until one of them has something to show.
          <div key={row[0]?.id} className="grid gap-4 desk:grid-cols-2 desk:has-[[data-run]]:items-start">
            {row.map((scenario) => (
              <ScenarioCard
                key={scenario.id}
                scenario={scenario}
                runs={runs[scenario.id]}
                playing={playing}
                isAllowed={!scenario.needsThisMachine || data?.mayKill === true}
              />
            ))}
          </div>
        ))}
      </div>
      <PromiseList />
      <StartOver isPlaying={playing !== null} />
    </>
  );
}

const ROWS = ALL_SCENARIOS.flatMap((_, index) => (index % 2 === 0 ? [ALL_SCENARIOS.slice(index, index + 2)] : []));
