//! `exam-system healthcheck`: what a container's health check runs, so that the image needs no shell and no curl.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use clap::Args;
use rustls::{
    ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::config;

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
        let tls = config::tls()?.is_some();
        let answer = timeout(PATIENCE, ask(port, tls)).await.context("no answer in time")??;
        let ready = answer.starts_with("HTTP/1.1 200");
        println!("{}", answer.lines().next().unwrap_or("no answer"));
        Ok(if ready { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

async fn ask(port: u16, tls: bool) -> Result<String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.context("nobody listens")?;
    if !tls {
        return question(stream).await;
    }
    let stream = connector()?.connect(ServerName::try_from("localhost")?, stream).await;
    question(stream.context("nobody speaks TLS")?).await
}

async fn question(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<String> {
    stream.write_all(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

fn connector() -> Result<TlsConnector> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Whoever(provider)))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Takes any certificate: what listens on this machine's own port is asked for its health and told nothing. The name in
/// the certificate is the one that browsers use, which isn't `localhost`.
#[derive(Debug)]
struct Whoever(Arc<CryptoProvider>);

impl ServerCertVerifier for Whoever {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
