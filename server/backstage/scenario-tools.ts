import { type Crash, createCrash } from './scenario-crash.ts';
import { type ScenarioWorld, scenarioWorld } from './scenario-world.ts';

/** What scenarios are arranged with. */
export function scenarioTools({ taxUrl }: { readonly taxUrl: string }): { crash: Crash; world: ScenarioWorld } {
  return { crash: createCrash(), world: scenarioWorld(taxUrl) };
}
