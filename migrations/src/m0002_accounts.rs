//! People, the roles they hold, their sessions, one-time links and invitations.

crate::step! {
    "m0002_accounts",
    up: [
        "CREATE TABLE people (
            id uuid PRIMARY KEY,
            email text NOT NULL,
            email_key text NOT NULL UNIQUE,
            email_confirmed_at bigint,
            chosen_name text NOT NULL,
            certificate_name text,
            password_hash text,
            created_at bigint NOT NULL,
            ended_at bigint
        )",
        "CREATE TABLE role_grants (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            role text NOT NULL,
            granted_at bigint NOT NULL,
            granted_by uuid REFERENCES people (id),
            ended_at bigint,
            ended_by uuid REFERENCES people (id)
        )",
        "CREATE UNIQUE INDEX role_grants_held ON role_grants (person, role) WHERE ended_at IS NULL",
        "CREATE TABLE sessions (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            secret_digest text NOT NULL UNIQUE,
            browser text NOT NULL,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            ended_at bigint
        )",
        "CREATE INDEX sessions_of ON sessions (person)",
        "CREATE TABLE one_time_links (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            purpose text NOT NULL,
            secret_digest text NOT NULL UNIQUE,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            used_at bigint
        )",
        "CREATE TABLE invitations (
            id uuid PRIMARY KEY,
            email text NOT NULL,
            name text NOT NULL,
            role text NOT NULL,
            invited_by uuid NOT NULL REFERENCES people (id),
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            secret_digest text UNIQUE,
            accepted_at bigint,
            accepted_by uuid REFERENCES people (id),
            withdrawn_at bigint,
            withdrawn_by uuid REFERENCES people (id)
        )",
        // One question a request: who is this, and what may they do? One row a role, or one without.
        "CREATE VIEW session_actors AS
            SELECT s.secret_digest, s.id AS session, s.expires_at, p.id AS person, p.chosen_name, r.role
            FROM sessions s
            JOIN people p ON p.id = s.person AND p.ended_at IS NULL
            LEFT JOIN role_grants r ON r.person = p.id AND r.ended_at IS NULL
            WHERE s.ended_at IS NULL",
    ],
    down: [
        "DROP VIEW session_actors",
        "DROP TABLE invitations",
        "DROP TABLE one_time_links",
        "DROP TABLE sessions",
        "DROP TABLE role_grants",
        "DROP TABLE people",
    ]
}
