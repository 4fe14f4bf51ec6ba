//! A web server, a SOCKS5 proxy and an HTTP proxy on loopback, as small as they can be.

use flate2::Compression;
use flate2::write::GzEncoder;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Where the servers listen.
pub const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// The authority that vouches for the secure server.
pub const AUTHORITY: &[u8] = include_bytes!("../tls_data/authority.der");

const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Prisoners moved</title><link rel="stylesheet" href="/style.css">
</head><body><p>Guards moved two hundred prisoners from Camp 18.</p><img src="/map.png?size=1"><img src="/missing.png">
<img src="http://10.0.0.1/inside.png"><iframe src="/frame.html"></iframe></body></html>"#;

/// Starts a web server; its port, and how many connections it took.
pub fn web(secure: bool) -> (u16, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let port = listen(move |stream| {
        count.fetch_add(1, Ordering::SeqCst);
        if secure {
            let connection = ServerConnection::new(tls()).unwrap();
            serve(StreamOwned::new(connection, stream));
        } else {
            serve(stream);
        }
    });
    (port, taken)
}

fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind((HERE, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            std::thread::spawn(move || serve(stream));
        }
    });
    port
}

fn tls() -> Arc<ServerConfig> {
    let certificate = CertificateDer::from(include_bytes!("../tls_data/server.der").to_vec());
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../tls_data/server.key").to_vec());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key))
        .unwrap();
    Arc::new(config)
}

/// Answers one request after another.
fn serve(stream: impl Read + Write) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line == "\r\n" {
                break;
            }
            request.push_str(&line);
        }
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        if answer(stream.get_mut(), &path).is_none() {
            return;
        }
    }
}

/// Answers; `None` when the connection is to be closed.
fn answer(stream: &mut (impl Read + Write), path: &str) -> Option<()> {
    let plain = |status: &str, kind: &str, more: &str, body: &[u8]| {
        let mut all = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        all.extend_from_slice(body);
        all
    };
    let bytes = match path {
        "/page" => {
            let mut all = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
            for piece in PAGE.as_bytes().chunks(90) {
                all.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
                all.extend_from_slice(piece);
                all.extend_from_slice(b"\r\n");
            }
            all.extend_from_slice(b"0\r\nX-Behind: the body\r\n\r\n");
            all
        }
        "/style.css" => plain(
            "200 OK",
            "text/css",
            "",
            b"@import url(more.css); body { background: url('back.png') }",
        ),
        "/more.css" => plain("200 OK", "text/css", "", b"p { margin: 1em }"),
        "/frame.html" => plain(
            "200 OK",
            "text/html",
            "",
            b"<p>In a frame.</p><img src='/map.png?size=1'><img src=last.png>",
        ),
        "/just-over" => plain("200 OK", "text/plain", "", &[b'x'; 100_100]),
        // A coding that nobody asked for.
        "/packed" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(PAGE.as_bytes()).ok()?;
            let coding = "Content-Encoding: gzip\r\n";
            plain("200 OK", "text/html", coding, &packed.finish().ok()?)
        }
        "/unknown" => plain(
            "200 OK",
            "text/html",
            "Content-Encoding: zstd\r\n",
            b"(\xb5/\xfd",
        ),
        path if path.contains("missing") => plain(
            "404 Not Found",
            "text/plain",
            "",
            b"There is no such page.\n",
        ),
        path if path.contains(".png") => plain(
            "200 OK",
            "image/png",
            "",
            b"\x89PNG\r\n\x1a\nnot a whole picture",
        ),
        "/old" => plain(
            "301 Moved Permanently",
            "text/plain",
            "Location: /page\r\n",
            b"",
        ),
        "/round" => plain("302 Found", "text/plain", "Location: /round\r\n", b""),
        "/inside" => plain(
            "302 Found",
            "text/plain",
            "Location: http://10.0.0.1/secret\r\n",
            b"",
        ),
        "/inside6" => plain(
            "302 Found",
            "text/plain",
            "Location: http://[::ffff:192.168.0.1]/secret\r\n",
            b"",
        ),
        "/file" => plain(
            "302 Found",
            "text/plain",
            "Location: file:///etc/passwd\r\n",
            b"",
        ),
        "/large" => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
            stream.write_all(head).ok()?;
            loop {
                stream.write_all(&[b'x'; 4096]).ok()?;
            }
        }
        "/silent" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                .ok()?;
            stream.flush().ok()?;
            std::thread::sleep(Duration::from_secs(30));
            return None;
        }
        "/drip" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                .ok()?;
            loop {
                stream.write_all(b"x").ok()?;
                stream.flush().ok()?;
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/broken" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                .ok()?;
            return None;
        }
        "/nonsense" => b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(),
        "/interim" => {
            let mut all = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".to_vec();
            all.extend(plain("200 OK", "text/plain", "", b"At last.\n"));
            all
        }
        _ => plain("404 Not Found", "text/plain", "", b""),
    };
    stream.write_all(&bytes).ok()?;
    stream.flush().ok()
}

/// Starts a SOCKS5 proxy that leads every name to `to`; its port.
pub fn socks(to: u16) -> u16 {
    listen(move |mut stream| {
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(greeting, [5, 1, 0]);
        stream.write_all(&[5, 0]).unwrap();
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        assert_eq!(head[..4], [5, 1, 0, 3], "names go to the proxy as names");
        let mut name = vec![0; usize::from(head[4]) + 2];
        stream.read_exact(&mut name).unwrap();
        if name.starts_with(b"refused") {
            stream.write_all(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
            return;
        }
        stream
            .write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 80])
            .unwrap();
        join(stream, to);
    })
}

/// Starts an HTTP proxy that leads every name to `to`; its port.
pub fn http_proxy(to: u16) -> u16 {
    listen(move |stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut first = String::new();
        reader.read_line(&mut first).unwrap();
        assert!(first.starts_with("CONNECT "), "{first}");
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
        let mut stream = stream;
        stream
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .unwrap();
        join(stream, to);
    })
}

fn join(one: TcpStream, to: u16) {
    let other = TcpStream::connect(SocketAddr::new(HERE, to)).unwrap();
    let (mut from, mut back) = (one.try_clone().unwrap(), other.try_clone().unwrap());
    let (mut one, mut other) = (one, other);
    std::thread::spawn(move || std::io::copy(&mut from, &mut other));
    let _ = std::io::copy(&mut back, &mut one);
}
