CREATE TABLE `removed_carts` (
	`principal` text NOT NULL,
	`cart_id` text NOT NULL,
	`version` integer NOT NULL,
	`removed_at` integer NOT NULL,
	PRIMARY KEY(`principal`, `cart_id`)
);
--> statement-breakpoint
CREATE INDEX `removed_carts_by_age` ON `removed_carts` (`removed_at`);