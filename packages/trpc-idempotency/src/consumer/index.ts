export { type Consumer, type ConsumerOptions, type Consumption, createConsumer } from './consumer.ts';
