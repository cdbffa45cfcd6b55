//! A plain HTTP/1.1 client over a real socket, for tests of the real binary.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::Answer;

/// One open connection.
pub struct Wire {
    host: String,
    sender: SendRequest<Body>,
}

impl Wire {
    /// Connects, or says that nobody listens.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn connect(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(std::io::Error::other)?;
        tokio::spawn(async move {
            // The server may go away at any moment: that is what such tests are about.
            let _ = connection.await;
        });
        Ok(Self { host: address.to_string(), sender })
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// When the server goes away before the answer is whole.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> std::io::Result<Answer> {
        let json = [("content-type", "application/json")];
        match body {
            Some(body) => self.send_bytes(method, path, &[headers, &json].concat(), body.to_string()).await,
            None => self.send_bytes(method, path, headers, Body::empty()).await,
        }
    }

    /// Sends a request with any body and waits for the whole answer.
    ///
    /// # Errors
    /// When the server goes away before the answer is whole.
    pub async fn send_bytes(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> std::io::Result<Answer> {
        let mut request = axum::http::Request::builder().method(method).uri(path).header("host", &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.into();
        let request = request.body(body).expect("a request");
        self.sender.ready().await.map_err(std::io::Error::other)?;
        let response = self.sender.send_request(request).await.map_err(std::io::Error::other)?;
        let (parts, body) = response.into_parts();
        let body: Bytes = body.collect().await.map_err(std::io::Error::other)?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}
