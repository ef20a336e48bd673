CREATE TABLE `intent_states` (
	`intent_id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`said_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`event_id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`received_at` integer NOT NULL
);
