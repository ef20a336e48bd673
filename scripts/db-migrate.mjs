import './preflight/node-version.mjs';

const { PlainFailure, run } = await import('./plain-failure.mjs');
const { readSettings } = await import('./settings.mjs');

run(async () => {
  const { databaseFile, dataFolder } = readSettings();
  if (!databaseFile)
    throw new PlainFailure('db:migrate works on a SQLite file: set DATABASE_URL=file:./data/payonce.db.');
  const { checkDataFolder } = await import('./preflight/data-folder.mjs');
  checkDataFolder(dataFolder);
  // The same code that the shop runs at start, so that both agree about what has been applied.
  const { tsImport } = await import('tsx/esm/api');
  const { migrateFile } = await tsImport('../db/migrate.ts', import.meta.url);
  migrateFile(databaseFile);
  console.log(`${databaseFile} has every migration.`);
});
