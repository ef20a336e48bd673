import { buyerScenarios } from './buyer-scenarios.ts';
import { networkScenarios } from './network-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { shopScenarios } from './shop-scenarios.ts';
import { worldScenarios } from './world-scenarios.ts';

/** In the order in which a newcomer meets them. */
export const ALL_SCENARIOS: readonly Scenario[] = [
  networkScenarios.responseLost,
  networkScenarios.requestLost,
  buyerScenarios.doubleTap,
  networkScenarios.duplicateDelivery,
  buyerScenarios.twoTabs,
  buyerScenarios.refresh,
  worldScenarios.slowBank,
  worldScenarios.taxDown,
  shopScenarios.serverKilled,
  worldScenarios.cardDeclined,
  shopScenarios.keyReused,
  shopScenarios.lastItem,
];
