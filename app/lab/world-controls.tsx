import { Choice } from './choice.tsx';
import { type LabSettings, RANGES } from './settings.ts';
import { Slider } from './slider.tsx';

interface WorldControlsProps {
  readonly settings: LabSettings;
  readonly onChange: (change: Partial<LabSettings>) => void;
}

const number = new Intl.NumberFormat('en-IE');

/** What is the same for both runs: who calls, what the server can do, and what happens to it. */
export function WorldControls({ settings, onChange }: WorldControlsProps) {
  const { arrivals, clients, thinkS, capacityPerS, outageS, outageKind, tries, guards } = settings;
  const isSteady = arrivals === 'steady';
  return (
    <div className="space-y-5">
      <Choice
        name="Clients call"
        value={arrivals}
        options={[
          { value: 'steady', words: 'Now and then' },
          { value: 'together', words: 'All at once' },
        ]}
        onChange={(value) => onChange({ arrivals: value })}
      />
      <div className="space-y-1">
        <Slider
          name="Clients"
          words={number.format(clients)}
          hint={isSteady ? `${number.format(Math.round(clients / thinkS))} calls a second` : 'One call each'}
          value={clients}
          range={RANGES.clients}
          onChange={(value) => onChange({ clients: value })}
        />
        {isSteady && (
          <Slider
            name="Each calls every"
            words={`${thinkS} s`}
            value={thinkS}
            range={RANGES.thinkS}
            onChange={(value) => onChange({ thinkS: value })}
          />
        )}
        <Slider
          name="Capacity"
          words={`${number.format(capacityPerS)} requests a second`}
          value={capacityPerS}
          range={RANGES.capacityPerS}
          onChange={(value) => onChange({ capacityPerS: value })}
        />
        <Slider
          name="Outage"
          words={outageS === 0 ? 'none' : `${outageS} s`}
          value={outageS}
          range={RANGES.outageS}
          onChange={(value) => onChange({ outageS: value })}
        />
        <Slider
          name="Tries per call"
          words={tries === 1 ? '1, no retry' : String(tries)}
          value={tries}
          range={RANGES.tries}
          onChange={(value) => onChange({ tries: value })}
        />
      </div>
      <Choice
        name="While it is down, the server"
        value={outageKind}
        options={[
          { value: 'refuses', words: 'Refuses at once' },
          { value: 'hangs', words: 'Hangs' },
        ]}
        onChange={(value) => onChange({ outageKind: value })}
      />
      <Choice
        name="Budget and breaker"
        value={guards}
        options={[
          { value: 'shared', words: 'One for all' },
          { value: 'own', words: 'One for each client' },
        ]}
        onChange={(value) => onChange({ guards: value })}
      />
    </div>
  );
}
