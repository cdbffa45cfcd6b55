//! The socket that brings a candidate hints.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    client_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// What a socket may buffer: thousands of them are open at a time.
const BUFFER_BYTES: usize = 4 * 1024;

/// Opens a socket, says who is there, and listens until the server ends it; calls `hinted` for each hint.
///
/// # Errors
/// When it isn't taken.
pub async fn listen(address: SocketAddr, ticket: &str, hinted: impl Fn() + 'static) -> Result<()> {
    let stream = TcpStream::connect(address).await.context("can't connect")?;
    let config = WebSocketConfig::default().read_buffer_size(BUFFER_BYTES).write_buffer_size(BUFFER_BYTES);
    let url = format!("ws://{address}/ws");
    let (mut socket, _) = client_async_with_config(url, stream, Some(config)).await?;
    socket.send(Message::text(json!({ "type": "hello", "ticket": ticket }).to_string())).await?;
    match socket.next().await {
        Some(Ok(Message::Text(text))) if text.contains("ready") => {}
        other => bail!("the socket wasn't taken: {other:?}"),
    }
    tokio::task::spawn_local(async move {
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() {
                hinted();
            }
        }
    });
    Ok(())
}
