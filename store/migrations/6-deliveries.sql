-- What is due is looked for webhook by webhook, so that none waits for another.
DROP INDEX hook_outbox_by_time;
CREATE INDEX hook_outbox_due ON hook_outbox (hook_id, next_at);
