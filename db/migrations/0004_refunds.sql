CREATE TABLE `refunds` (
	`order_id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`refund_id` text,
	`refunded_at` integer,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`order_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "refunds_dated_iff_made" CHECK(("refunds"."refund_id" is null) = ("refunds"."refunded_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refunds_refund_id_unique` ON `refunds` (`refund_id`);