CREATE INDEX `intent_states_by_age` ON `intent_states` (`said_at`);--> statement-breakpoint
CREATE INDEX `request_log_by_age` ON `request_log` (`received_at`);--> statement-breakpoint
CREATE INDEX `webhook_events_by_age` ON `webhook_events` (`received_at`);