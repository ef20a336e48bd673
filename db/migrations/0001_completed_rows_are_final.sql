CREATE TRIGGER completed_rows_are_final BEFORE UPDATE ON idempotency_keys
WHEN OLD.processing_state = 'completed'
BEGIN
  SELECT RAISE(ABORT, 'a completed idempotency key never changes');
END;
