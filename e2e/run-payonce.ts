import { Database } from './database.ts';
import { startPayonce } from './payonce.ts';

/** Starts the one Payonce that all tests share; each test is a customer of its own in it. Never an existing server. */
export default async function runPayonce() {
  const payonce = await startPayonce();
  process.env.E2E_SHOP_URL = payonce.shopUrl;
  process.env.E2E_SANDBOX_URL = payonce.sandboxUrl;
  process.env.E2E_DATABASE_FILE = payonce.databaseFile;
  const database = new Database(payonce.databaseFile);
  process.env.E2E_STOCK = JSON.stringify(database.stock());
  database.close();
  return async () => {
    await payonce.stop();
  };
}
