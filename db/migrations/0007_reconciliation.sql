CREATE TABLE `instance` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`charges_compared_until` integer NOT NULL,
	`intents_compared_until` integer NOT NULL,
	CONSTRAINT "instance_one_row" CHECK("instance"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `reconciliations` (
	`subject_id` text PRIMARY KEY NOT NULL,
	`found` text NOT NULL,
	`done` text NOT NULL,
	`attempt_id` text,
	`cart_id` text,
	`customer` text,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`refund_id` text,
	`failure` text,
	`found_at` integer NOT NULL,
	`looked_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "reconciliations_refund_named" CHECK(("reconciliations"."done" = 'refunded') = ("reconciliations"."refund_id" is not null)),
	CONSTRAINT "reconciliations_ended_iff_done" CHECK(("reconciliations"."done" in ('waiting', 'refund_intended')) = ("reconciliations"."ended_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliations_refund_id_unique` ON `reconciliations` (`refund_id`);--> statement-breakpoint
CREATE INDEX `reconciliations_open` ON `reconciliations` (`looked_at`) WHERE "reconciliations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX `reconciliations_by_customer` ON `reconciliations` (`customer`,`found_at`);--> statement-breakpoint
ALTER TABLE `refunds` ADD `failure` text;