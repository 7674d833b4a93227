//! Entries that are not filled in yet, as they were typed: for their trainee's eyes alone, and gone once they are
//! thrown away or become an entry.

crate::step! {
    "m0015_unfinished",
    up: [
        "CREATE TABLE unfinished_entries (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            entry uuid REFERENCES entries (id),
            once text NOT NULL,
            fields text NOT NULL,
            version integer NOT NULL,
            kept_at bigint NOT NULL,
            UNIQUE (person, once)
        )",
        "CREATE UNIQUE INDEX unfinished_of_entry ON unfinished_entries (entry)",
    ],
    down: ["DROP TABLE unfinished_entries"]
}
