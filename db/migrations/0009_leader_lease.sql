CREATE TABLE `leader_leases` (
	`duty` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`expires_at` integer NOT NULL
);
