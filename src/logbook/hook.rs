//! What is done when a thread panics: save, report, and have the window closed.

use std::backtrace::Backtrace;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::log::{Entry, Log};
use super::report::{self, Panic};
use crate::model::Timestamp;
use crate::store;

/// How long a panic waits for the disk.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether a thread has panicked since [`watch`].
static CRASHED: AtomicBool = AtomicBool::new(false);

/// Wakes the window.
static WAKE: Mutex<Option<Box<dyn Fn() + Send + Sync>>> = Mutex::new(None);

/// From now on a panic in any thread first waits until what was committed is on the disk, then
/// is reported in `folder` (none: on the standard error alone) and in `log`.
///
/// For the program itself, once: it replaces the process's panic hook.
pub fn watch(folder: Option<PathBuf>, now: fn() -> Timestamp, log: Log) {
    std::panic::set_hook(Box::new(move |info| {
        // What follows from the first one tells nothing, and would push old reports out.
        if !CRASHED.swap(true, Ordering::SeqCst) {
            tell(info, folder.as_deref(), now(), &log);
        }
    }));
}

/// Whether a thread has panicked since [`watch`]: what is in memory is not to be trusted.
#[must_use]
pub fn has_crashed() -> bool {
    CRASHED.load(Ordering::SeqCst)
}

/// Has `wake` called when a thread has panicked, so that the window closes.
pub fn on_crash(wake: impl Fn() + Send + Sync + 'static) {
    if let Ok(mut place) = WAKE.lock() {
        *place = Some(Box::new(wake));
    }
}

fn tell(info: &PanicHookInfo<'_>, folder: Option<&Path>, at: Timestamp, log: &Log) {
    let pending = store::drain(PATIENCE);
    let backtrace = Backtrace::force_capture().to_string();
    let payload = info.payload();
    let literal = payload.downcast_ref::<&'static str>().map(|text| (*text, true));
    let made = payload.downcast_ref::<String>().map(|text| (text.as_str(), false));
    let thread = std::thread::current();
    let panic = Panic {
        at,
        thread: thread.name().unwrap_or("without a name"),
        raised: info.location().map_or(("", 0), |place| (place.file(), place.line())),
        message: literal.or(made).unwrap_or(("", false)),
        backtrace: &backtrace,
        pending,
    };
    let place = panic.place();
    let written = folder.map(|folder| report::write(folder, at, &panic.report()));
    log.write(&Entry::Panicked { place: place.clone() });
    let report = match written {
        Some(Ok(path)) => format!("the report is {}", path.display()),
        Some(Err(error)) => format!("no report could be written: {error}\n{}", panic.report()),
        None => panic.report(),
    };
    let version = env!("CARGO_PKG_VERSION");
    // Where that cannot be written to, there is nobody to tell.
    writeln!(
        io::stderr(),
        "tawsim {version}: a mistake in the program, at {place}; what was saved is on the disk; \
         {report}"
    )
    .unwrap_or_default();
    // In a thread of its own: whoever panics may hold what it waits for.
    let wake = || {
        if let Ok(wake) = WAKE.lock()
            && let Some(wake) = &*wake
        {
            wake();
        }
    };
    drop(std::thread::Builder::new().name("wake".to_owned()).spawn(wake));
}
