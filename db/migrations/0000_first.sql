CREATE TABLE `carts` (
	`principal` text NOT NULL,
	`cart_id` text NOT NULL,
	`version` integer NOT NULL,
	`lines` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`principal`, `cart_id`),
	CONSTRAINT "carts_version_positive" CHECK("carts"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE `fencing_sequence` (
	`id` integer PRIMARY KEY NOT NULL,
	`last_token` integer NOT NULL,
	CONSTRAINT "fencing_sequence_one_row" CHECK("fencing_sequence"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant` text NOT NULL,
	`principal` text NOT NULL,
	`operation` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`hash_kid` text NOT NULL,
	`schema_version` integer NOT NULL,
	`processing_state` text NOT NULL,
	`recovery_point` text NOT NULL,
	`phases` text NOT NULL,
	`fencing_token` integer NOT NULL,
	`lease_expires_at` integer,
	`takeovers` integer NOT NULL,
	`status_code` integer,
	`response_headers` text,
	`response_body` text,
	`input` text NOT NULL,
	`created_at` integer NOT NULL,
	`completed_at` integer,
	`expires_at` integer,
	PRIMARY KEY(`tenant`, `principal`, `operation`, `key`),
	CONSTRAINT "idempotency_keys_key_length" CHECK(length("idempotency_keys"."key") BETWEEN 1 AND 255),
	CONSTRAINT "idempotency_keys_state" CHECK("idempotency_keys"."processing_state" IN ('pending', 'completed', 'failed')),
	CONSTRAINT "idempotency_keys_fencing_token" CHECK("idempotency_keys"."fencing_token" > 0),
	CONSTRAINT "idempotency_keys_takeovers" CHECK("idempotency_keys"."takeovers" >= 0),
	CONSTRAINT "idempotency_keys_lease_only_while_pending" CHECK("idempotency_keys"."lease_expires_at" IS NULL OR "idempotency_keys"."processing_state" = 'pending'),
	CONSTRAINT "idempotency_keys_answer_only_when_completed" CHECK(("idempotency_keys"."processing_state" = 'completed') = ("idempotency_keys"."response_body" IS NOT NULL AND "idempotency_keys"."status_code" IS NOT NULL AND "idempotency_keys"."response_headers" IS NOT NULL AND "idempotency_keys"."completed_at" IS NOT NULL AND "idempotency_keys"."expires_at" IS NOT NULL)),
	CONSTRAINT "idempotency_keys_retention_follows_completion" CHECK("idempotency_keys"."expires_at" IS NULL OR "idempotency_keys"."expires_at" > "idempotency_keys"."completed_at")
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_pending` ON `idempotency_keys` (`lease_expires_at`) WHERE "idempotency_keys"."processing_state" = 'pending';--> statement-breakpoint
CREATE INDEX `idempotency_keys_expiry` ON `idempotency_keys` (`expires_at`) WHERE "idempotency_keys"."processing_state" = 'completed';--> statement-breakpoint
CREATE TABLE `orders` (
	`order_id` text PRIMARY KEY NOT NULL,
	`order_number` text NOT NULL,
	`attempt_id` text NOT NULL,
	`principal` text NOT NULL,
	`cart_id` text NOT NULL,
	`protected` integer NOT NULL,
	`status` text NOT NULL,
	`lines` text NOT NULL,
	`subtotal_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`payment_method` text NOT NULL,
	`email` text NOT NULL,
	`intent_id` text NOT NULL,
	`charge_id` text NOT NULL,
	`paid_at` integer NOT NULL,
	FOREIGN KEY (`attempt_id`) REFERENCES `payments`(`attempt_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "orders_total_adds_up" CHECK("orders"."total_minor" = "orders"."subtotal_minor" + "orders"."tax_minor")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_order_number_unique` ON `orders` (`order_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_attempt_id_unique` ON `orders` (`attempt_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_charge_id_unique` ON `orders` (`charge_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_one_per_cart` ON `orders` (`principal`,`cart_id`) WHERE "orders"."protected" = 1;--> statement-breakpoint
CREATE INDEX `orders_by_customer` ON `orders` (`principal`,`paid_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`order_id` text NOT NULL,
	`principal` text NOT NULL,
	`message_id` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`sent_at` integer,
	`dead_at` integer,
	`last_error` text,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`order_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_message_id_unique` ON `outbox` (`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_one_of_a_kind_per_order` ON `outbox` (`order_id`,`kind`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE "outbox"."sent_at" is null and "outbox"."dead_at" is null;--> statement-breakpoint
CREATE TABLE `payments` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`principal` text NOT NULL,
	`cart_id` text NOT NULL,
	`cart_version` integer NOT NULL,
	`idempotency_key` text,
	`protected` integer NOT NULL,
	`status` text NOT NULL,
	`payment_method` text NOT NULL,
	`email` text NOT NULL,
	`lines` text NOT NULL,
	`subtotal_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`intent_id` text,
	`confirm_number` integer DEFAULT 1 NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "payments_total_adds_up" CHECK("payments"."total_minor" = "payments"."subtotal_minor" + "payments"."tax_minor"),
	CONSTRAINT "payments_ended_iff_not_live" CHECK(("payments"."status" = 'live') = ("payments"."ended_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_one_live_or_paid_per_cart` ON `payments` (`principal`,`cart_id`) WHERE "payments"."protected" = 1 and "payments"."status" in ('live', 'paid');--> statement-breakpoint
CREATE INDEX `payments_live` ON `payments` (`started_at`) WHERE "payments"."status" = 'live';--> statement-breakpoint
CREATE INDEX `payments_by_customer` ON `payments` (`principal`,`started_at`);--> statement-breakpoint
CREATE TABLE `products` (
	`sku` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`price_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`stock` integer NOT NULL,
	`position` integer NOT NULL,
	CONSTRAINT "products_stock_not_negative" CHECK("products"."stock" >= 0),
	CONSTRAINT "products_price_positive" CHECK("products"."price_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE `request_log` (
	`request_id` text PRIMARY KEY NOT NULL,
	`principal` text NOT NULL,
	`operation` text NOT NULL,
	`cart_id` text,
	`key_hash` text,
	`verdict` text NOT NULL,
	`http_status` integer NOT NULL,
	`reason` text,
	`received_at` integer NOT NULL,
	`duration_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `request_log_by_customer` ON `request_log` (`principal`,`received_at`);