//! Answers requests over HTTP/1.1: who may ask, for what, and which part of the server answers.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use hyper::body::{Body, Bytes, Incoming};
use hyper::header;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::answer::{self, Answer};
use super::state::State;
use super::{OWN, desk, events, site_files};
use crate::error::Error;

/// Connections that are open at once; of more, the oldest that asks for nothing is let go. A browser opens six.
const CONNECTIONS: usize = 256;
/// Requests that are worked on at once.
const WORKERS: usize = 8;
/// Bytes of a request's head, at most.
const HEAD: usize = 32 << 10;
/// Bytes of a form that is sent, at most.
const FORM: usize = 64 << 10;
/// Who has not said by then what they want is let go.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait where the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Begins to answer on a thread of its own, and tells of Ctrl-C.
///
/// # Errors
/// The system's refusal.
pub(super) fn start(
    listener: TcpListener,
    state: Arc<State>,
    end: Sender<Result<(), Error>>,
) -> Result<(), Error> {
    let url = state.address.url();
    let refused = |error| refused(&url, &error);
    listener.set_nonblocking(true).map_err(refused)?;
    let mut builder = Builder::new_current_thread();
    let builder = builder.enable_all().max_blocking_threads(WORKERS);
    let runtime = builder.build().map_err(refused)?;
    thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || serve(&runtime, listener, &state, &end))
        .map_err(refused)?;
    Ok(())
}

fn refused(url: &str, error: &io::Error) -> Error {
    Error::refused(
        format!("gen cannot serve at {url}: {error}"),
        "try again, or another port with --port",
    )
}

fn serve(
    runtime: &Runtime,
    listener: TcpListener,
    state: &Arc<State>,
    end: &Sender<Result<(), Error>>,
) {
    runtime.spawn({
        let end = end.clone();
        async move {
            // Where the system cannot tell of it, it ends the program in its own way.
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = end.send(Ok(()));
            }
        }
    });
    if let Err(error) = runtime.block_on(accept(listener, state)) {
        let _ = end.send(Err(refused(&state.address.url(), &error)));
    }
}

async fn accept(listener: TcpListener, state: &Arc<State>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    // The oldest first.
    let mut silent: VecDeque<Silent> = VecDeque::new();
    loop {
        silent.retain(Silent::is_open);
        // Connections that ask for nothing must not keep others out until their time is over.
        if places.available_permits() == 0
            && let Some(oldest) = silent.pop_front()
        {
            oldest.task.abort();
        }
        let place = Arc::clone(&places).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // An event must not wait for more to come with it.
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(state);
        let has_asked = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&has_asked);
        let task = tokio::spawn(async move {
            let service = service_fn(move |request| {
                asked.store(true, Ordering::Relaxed);
                let state = Arc::clone(&state);
                async move {
                    let Some(request) = whole(request).await else {
                        let text = "gen serve takes small forms of the desk, and nothing else";
                        let answer = answer::words(StatusCode::PAYLOAD_TOO_LARGE, text);
                        return Ok::<Answer, Infallible>(answer);
                    };
                    // Files are read, and the desk may have to look at the whole site: others must not wait.
                    let answer = tokio::task::spawn_blocking(move || respond(&state, &request));
                    Ok(answer.await.unwrap_or_else(|_| ended()))
                }
            });
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(HEAD);
            // What goes wrong with a connection is the asker's affair.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
        silent.push_back(Silent {
            has_asked,
            task: task.abort_handle(),
        });
    }
}

/// A request with the form that comes with it; none where that is too long, too slow or broken.
async fn whole(request: Request<Incoming>) -> Option<Request<Bytes>> {
    let (head, body) = request.into_parts();
    let mut bytes = Vec::new();
    if head.method == Method::POST {
        let mut body = pin!(body);
        let read = async {
            while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
                let Ok(data) = frame.ok()?.into_data() else {
                    continue;
                };
                bytes.extend_from_slice(&data);
                if bytes.len() > FORM {
                    return None;
                }
            }
            Some(())
        };
        tokio::time::timeout(PATIENCE, read).await.ok()??;
    }
    Some(Request::from_parts(head, bytes.into()))
}

/// A connection over which nothing was asked yet, so far as is known.
struct Silent {
    has_asked: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Silent {
    /// Whether it is so still.
    fn is_open(&self) -> bool {
        !self.has_asked.load(Ordering::Relaxed) && !self.task.is_finished()
    }
}

/// The answer where the program is ending.
fn ended() -> Answer {
    answer::words(StatusCode::SERVICE_UNAVAILABLE, "gen serve is ending")
}

/// One request's answer.
fn respond(state: &State, request: &Request<Bytes>) -> Answer {
    if let Err(host) = meant_host(state, request) {
        return foreign_host(state, &host);
    }
    let path = request.uri().path();
    let own = path.strip_prefix(OWN);
    match (request.method(), own) {
        (&Method::GET | &Method::HEAD, _) => {}
        (&Method::POST, Some(name)) => return desk::change(state, request, name),
        _ => return not_allowed(own.is_some()),
    }
    match own {
        Some("events") => events::listen(state, request.uri().query().unwrap_or_default()),
        Some(_) => {
            let address = request.uri().path_and_query();
            let address = address.map_or(path, |address| address.as_str());
            desk::respond(state, request.headers(), &address[OWN.len()..])
        }
        None if path == OWN.trim_end_matches('/') => site_files::redirect(OWN, None),
        None => site_files::respond(state, request),
    }
}

fn not_allowed(is_desk: bool) -> Answer {
    let (text, allowed) = match is_desk {
        true => ("the desk answers GET, HEAD and POST", "GET, HEAD, POST"),
        false => (
            "gen serve only shows the site: GET and HEAD are answered",
            "GET, HEAD",
        ),
    };
    let mut answer = answer::words(StatusCode::METHOD_NOT_ALLOWED, text);
    answer::set(&mut answer, header::ALLOW, allowed);
    answer
}

/// Whether the host that is asked is this one; the error is its name.
fn meant_host(state: &State, request: &Request<Bytes>) -> Result<(), String> {
    let told = answer::value(request.headers(), header::HOST).unwrap_or_default();
    // A request to a proxy says it twice.
    let names = request.uri().authority().map(|a| a.as_str());
    match names
        .into_iter()
        .chain([told])
        .find(|name| !state.address.is_meant_by(name))
    {
        Some(foreign) => Err(foreign.to_owned()),
        None => Ok(()),
    }
}

fn foreign_host(state: &State, host: &str) -> Answer {
    let shown: String = host.chars().take(100).collect();
    let text = format!(
        "gen serve does not answer for the host `{shown}`: another website could be asking through your browser.\n\
         Open {} instead. To serve a host of this machine, name it: gen serve --host NAME",
        state.address.url()
    );
    answer::words(StatusCode::FORBIDDEN, &text)
}
