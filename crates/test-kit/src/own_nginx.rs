//! The real nginx with the committed configuration, in front of processes of a test's own.

use std::{
    fmt::Write as _,
    fs,
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use authz::Service;
use tempfile::TempDir;

use crate::{Replicas, own_server::free_ports};

/// Where nginx may be installed.
const PROGRAMS: [&str; 4] =
    ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"];

/// A running nginx that ends TLS as `localhost`; stopped when dropped.
pub struct OwnNginx {
    child: Child,
    #[expect(dead_code, reason = "held until the test ends")]
    folder: TempDir,
    /// Where it takes TLS.
    pub address: SocketAddr,
    /// Its certificate in PEM, which nobody else has signed.
    pub certificate: String,
}

impl OwnNginx {
    /// Starts it with the files in `configuration` (the committed `infrastructure/nginx`), but for what belongs to an
    /// installation: addresses, names, paths, other `origins`. `replicas` stand behind it. Says that it can't and skips
    /// where nginx isn't installed.
    ///
    /// # Panics
    /// When it ends.
    pub fn start(configuration: &Path, replicas: &Replicas, origins: &[&str]) -> Option<Self> {
        let program = installed()?;
        let folder = TempDir::new().expect("a folder");
        let certificate = copied(configuration, folder.path());
        let [port, plain] = free_ports();
        let here = folder.path().display();
        let origins: String = origins.iter().map(|origin| format!(" \"{origin}\" $http_origin;")).collect();
        for (file, text) in [
            ("main.conf", format!("pid {here}/nginx.pid;\nerror_log {here}/error.log warn;\ndaemon off;\n")),
            (
                "paths.conf",
                format!(
                    "client_body_temp_path {here}/body;\nproxy_temp_path {here}/proxy;\nfastcgi_temp_path {here}/f;\n\
                     uwsgi_temp_path {here}/u;\nscgi_temp_path {here}/s;\naccess_log {here}/access.log plain;\n"
                ),
            ),
            ("upstreams.conf", upstreams(replicas)),
            ("cors.conf", format!("map $http_origin $cors_origin {{ default \"\";{origins} }}\n")),
            (
                "listen.conf",
                format!(
                    "listen 127.0.0.1:{port} ssl http2;\nserver_name localhost;\nssl_certificate tls/server.crt;\n\
                     ssl_certificate_key tls/server.key;\n"
                ),
            ),
            ("listen-plain.conf", format!("listen 127.0.0.1:{plain};\n")),
        ] {
            fs::write(folder.path().join("site").join(file), text).expect("written");
        }
        let mut child = command(&program, folder.path()).spawn().expect("nginx starts");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        while TcpStream::connect(address).is_err() {
            let ended = child.try_wait().expect("its state");
            let log = fs::read_to_string(folder.path().join("error.log")).unwrap_or_default();
            assert!(ended.is_none(), "nginx ended: {log}");
        }
        Some(Self { child, folder, address, certificate })
    }

    /// What nginx says of the files in `configuration` as they are, with only those places moved that lie outside of
    /// their folder: an error, or nothing. Skips where nginx isn't installed.
    ///
    /// # Panics
    /// When it can't be asked.
    pub fn check(configuration: &Path) -> Option<Result<(), String>> {
        let program = installed()?;
        let folder = TempDir::new().expect("a folder");
        copied(configuration, folder.path());
        let outside = "pid nginx.pid;\nerror_log stderr warn;\n";
        fs::write(folder.path().join("site/main.conf"), outside).expect("written");
        let paths = fs::read_to_string(folder.path().join("site/paths.conf")).expect("paths");
        let here = folder.path().display().to_string();
        let paths = paths.replace("/var/lib/nginx", &here).replace("/var/log/nginx", &here);
        fs::write(folder.path().join("site/paths.conf"), paths).expect("written");
        let output = command(&program, folder.path()).arg("-t").output().expect("nginx runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Some(if output.status.success() { Ok(()) } else { Err(said) })
    }
}

impl Drop for OwnNginx {
    fn drop(&mut self) {
        // SIGTERM lets the first process end its workers; a kill would leave them.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn installed() -> Option<PathBuf> {
    let found = PROGRAMS.map(PathBuf::from).into_iter().find(|path| path.is_file());
    if found.is_none() {
        crate::skip("nginx is not installed (`make setup` installs it)");
    }
    found
}

/// Copies the configuration, and gives it a certificate for `localhost`; answers that.
fn copied(configuration: &Path, folder: &Path) -> String {
    copy(configuration, folder);
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let certificate = certified.cert.pem();
    fs::write(folder.join("tls/server.crt"), &certificate).expect("written");
    fs::write(folder.join("tls/server.key"), certified.signing_key.serialize_pem()).expect("written");
    certificate
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).stdin(Stdio::null());
    command
}

fn upstreams(replicas: &Replicas) -> String {
    let mut upstreams = String::new();
    for service in Service::ALL {
        let mut servers = String::new();
        for address in replicas.listening(service) {
            let _ = writeln!(servers, "server {address} max_fails=2 fail_timeout=2s;");
        }
        if servers.is_empty() {
            // What doesn't run here is asked for by nobody.
            servers.push_str("server 127.0.0.1:9 down;\n");
        }
        let name = service.name().replace('-', "_");
        let _ = writeln!(upstreams, "upstream {name} {{\n{servers}include parts/keepalive.conf;\n}}");
    }
    upstreams
}
