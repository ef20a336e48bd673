CREATE TABLE `counters` (
	`principal` text NOT NULL,
	`counter_id` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`principal`, `counter_id`),
	CONSTRAINT "counters_value_not_negative" CHECK("counters"."value" >= 0)
);
--> statement-breakpoint
CREATE TABLE `invoices` (
	`principal` text NOT NULL,
	`number` text NOT NULL,
	`sequence` integer,
	`status` text NOT NULL,
	`customer` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`tax_minor` integer,
	`currency` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`principal`, `number`),
	CONSTRAINT "invoices_amount_positive" CHECK("invoices"."amount_minor" > 0),
	CONSTRAINT "invoices_ours_iff_in_sequence" CHECK(("invoices"."status" = 'recorded') = ("invoices"."sequence" is null)),
	CONSTRAINT "invoices_taxed_iff_issued" CHECK(("invoices"."status" = 'issued') = ("invoices"."tax_minor" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_in_sequence` ON `invoices` (`principal`,`sequence`);