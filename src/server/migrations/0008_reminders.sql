-- Reminders by mail: who asked for them, and what went out on which day.

-- Private to the member, so no part of the log.
CREATE TABLE reminder_choice (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  mail boolean NOT NULL,
  -- Whether customers' names and words may stand in a mail.
  words boolean NOT NULL,
  -- IANA name, e.g. "Europe/Oslo"
  zone text NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);

-- One a day and member: whoever has written the row sends the mail.
CREATE TABLE reminder_mail (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  -- ISO 8601 date where the member is
  day text NOT NULL,
  -- What it names, so that a mail goes out only where something is new: {"what/id": date}
  named jsonb NOT NULL,
  taken_at timestamptz NOT NULL,
  -- null: not sent yet, or the server that was to send it ended
  sent_at timestamptz,
  PRIMARY KEY (workspace_id, member_id, day)
);

SELECT workspace_wall('reminder_choice');
SELECT workspace_wall('reminder_mail');
