//! The floor: axum, one row of `SQLite`, its bytes. Nothing a site could do less of.

use std::{io::Write as _, path::Path, sync::Arc};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use sqlx::{
    Row as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};
use tokio::net::TcpListener;

/// Makes a database with one page in it.
pub(crate) async fn fill(database: &Path, page: &[u8]) -> Result<()> {
    let pool = open(database, true).await?;
    sqlx::query("CREATE TABLE page (id INTEGER PRIMARY KEY, body BLOB NOT NULL)").execute(&pool).await?;
    sqlx::query("INSERT INTO page (id, body) VALUES (1, ?)").bind(page).execute(&pool).await?;
    pool.close().await;
    Ok(())
}

/// Serves it on a free port, and says which.
pub(crate) async fn serve(database: &Path) -> Result<()> {
    let pool = Arc::new(open(database, false).await?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("The floor is at http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let router = Router::new().route("/", get(page)).with_state(pool);
    axum::serve(listener, router).await.context("the floor ended")
}

async fn page(State(pool): State<Arc<SqlitePool>>) -> impl IntoResponse {
    match sqlx::query("SELECT body FROM page WHERE id = ?").bind(1_i64).fetch_one(pool.as_ref()).await {
        Ok(row) => (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], row.get::<Vec<u8>, _>(0)),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "text/plain")], error.to_string().into_bytes()),
    }
}

async fn open(database: &Path, create: bool) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(create).journal_mode(SqliteJournalMode::Wal);
    // As the program itself reads: four connections that are not asked before each question whether they still live.
    Ok(SqlitePoolOptions::new().min_connections(4).max_connections(4).test_before_acquire(false).connect_with(options).await?)
}
