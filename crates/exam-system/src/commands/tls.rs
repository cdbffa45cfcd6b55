//! `exam-system tls`

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, UdpSocket},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context as _, Result};
use clap::Subcommand;
use foundation::{Clock as _, SystemClock};
use http_kit::{Tls as ShownTls, TlsFiles};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// How long the authority vouches: as long as a hall keeps a laptop.
const AUTHORITY_DAYS: u32 = 3_650;
/// How long the server's certificate is good. Apple's systems take 825 days at most from an authority of one's own.
const SERVER_DAYS: u32 = 800;
/// Devices whose clock is behind trust it all the same.
const BACKDATED_DAYS: u32 = 2;

/// Serve TLS without a proxy.
#[derive(Debug, Subcommand)]
pub enum Tls {
    /// Make a local authority and a certificate for this machine. Devices that trust `ca.crt` reach it with https. Run
    /// again, it keeps the authority and makes the next certificate; a server that runs takes it at SIGHUP.
    Init {
        /// Names and addresses of this machine beside those that it finds out itself.
        names: Vec<String>,
        /// Where the files go.
        #[arg(long, default_value = "data/tls")]
        out: PathBuf,
    },
}

impl Tls {
    pub(super) fn run(self) -> Result<ExitCode> {
        let Self::Init { names, out } = self;
        let mut all = own_names();
        all.extend(names);
        let mut seen = std::collections::HashSet::new();
        all.retain(|name| seen.insert(name.clone()));
        let made = Made::at(&out);
        make(&made, &all)?;
        println!("{} vouches for {}", made.authority.display(), all.join(", "));
        println!("Let devices trust {}, and start the server with", made.authority.display());
        println!("  TLS_CERT={} TLS_KEY={}", made.server.certificate.display(), made.server.key.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// The files of a local authority.
struct Made {
    authority: PathBuf,
    authority_key: PathBuf,
    server: TlsFiles,
}

impl Made {
    fn at(folder: &Path) -> Self {
        Self {
            authority: folder.join("ca.crt"),
            authority_key: folder.join("ca.key"),
            server: TlsFiles { certificate: folder.join("server.crt"), key: folder.join("server.key") },
        }
    }
}

fn make(made: &Made, names: &[String]) -> Result<()> {
    if let Some(folder) = made.authority.parent() {
        fs::create_dir_all(folder).with_context(|| format!("can't make the folder {}", folder.display()))?;
    }
    let (authority_key, is_new) = match fs::read_to_string(&made.authority_key) {
        Ok(pem) => {
            let key = KeyPair::from_pem(&pem);
            (key.with_context(|| format!("{} is no key", made.authority_key.display()))?, false)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (KeyPair::generate()?, true),
        Err(error) => {
            return Err(error).with_context(|| format!("can't read {}", made.authority_key.display()));
        }
    };
    let authority = authority(&authority_key);
    if is_new {
        write(&made.authority_key, &authority_key.serialize_pem())?;
        write(&made.authority, &authority.self_signed(&authority_key)?.pem())?;
    }
    let key = KeyPair::generate()?;
    let params = server(names)?;
    let certificate = params.signed_by(&key, &Issuer::from_params(&authority, &authority_key))?;
    // The key first: a server that reads in between finds a pair that doesn't go together, and stays with what it has.
    write(&made.server.key, &key.serialize_pem())?;
    write(&made.server.certificate, &certificate.pem())?;
    ShownTls::load(made.server.clone())?;
    Ok(())
}

/// What the authority is, told by its key alone, so that it can be told again.
fn authority(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let id: String = params.key_identifier(key).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, format!("exam-system local CA {id}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    good_for(&mut params, AUTHORITY_DAYS);
    params
}

fn server(names: &[String]) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(names).context("a name can't stand in a certificate")?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "exam-system");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    good_for(&mut params, SERVER_DAYS);
    Ok(params)
}

fn good_for(params: &mut CertificateParams, days: u32) {
    let seconds = u64::try_from(SystemClock.now().as_seconds()).unwrap_or(0);
    let now = rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds);
    params.not_before = now - DAY * BACKDATED_DAYS;
    params.not_after = now + DAY * days;
}

/// What browsers may call this machine: itself, its name, and the address by which it reaches others.
fn own_names() -> Vec<String> {
    let mut names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    if let Ok(name) = fs::read_to_string("/proc/sys/kernel/hostname") {
        let name = name.trim().to_lowercase();
        let is_a_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        if !name.is_empty() && name.bytes().all(is_a_name) {
            names.push(format!("{name}.local"));
            names.push(name);
        }
    }
    names.extend(outward_address().map(|address| address.to_string()));
    names
}

/// The address from which this machine would speak to others. Nothing is sent: the address asked about is one that
/// documents use (RFC 5737).
fn outward_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Writes a file that only its owner may read, whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let beside = path.with_extension("new");
    let written = || -> io::Result<()> {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    written().with_context(|| format!("can't write {}", path.display()))
}
