//! `exam-system healthcheck`: what a container's health check runs, so that the image needs no shell and no curl.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context as _, Result};
use clap::Args;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(3);

/// Ask a running server whether it is ready.
#[derive(Debug, Args)]
pub struct Healthcheck {
    /// Its port; `PORT` when left out.
    #[arg(long)]
    port: Option<u16>,
}

impl Healthcheck {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let port = match self.port {
            Some(port) => port,
            None => std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(8080),
        };
        let answer = timeout(PATIENCE, ask(port)).await.context("no answer in time")??;
        let ready = answer.starts_with("HTTP/1.1 200");
        println!("{}", answer.lines().next().unwrap_or("no answer"));
        Ok(if ready { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

async fn ask(port: u16) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.context("nobody listens")?;
    stream.write_all(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
