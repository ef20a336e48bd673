export { type ManualClock, manualClock } from './manual-clock.ts';
export { obeyContract } from './obey-contract.ts';
export { type ContractRunner, type StoreContractOptions, storeContract } from './store-contract.ts';
export type { StoreUnderTest } from './store-under-test.ts';
