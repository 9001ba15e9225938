//! Being told to stop: by Ctrl-C, or by the system.

#[cfg(unix)]
use async_signal::{Signal, Signals};

/// Sees that somebody wants this program to stop. While it watches, the program does not end by
/// that: it must look, and end what it has started.
#[derive(Debug)]
pub(super) struct Stop {
    /// None where it cannot be watched for; then the program ends as any other.
    #[cfg(unix)]
    signals: Option<Signals>,
    #[cfg(unix)]
    is_wanted: bool,
}

impl Stop {
    #[cfg(unix)]
    pub(super) fn watch() -> Self {
        let signals = Signals::new([Signal::Int, Signal::Term, Signal::Hup]);
        Self { signals: signals.ok(), is_wanted: false }
    }

    /// Whether that was so since it watches; does not wait.
    #[cfg(unix)]
    pub(super) fn is_wanted(&mut self) -> bool {
        use std::pin::Pin;
        use std::task::{Context, Waker};

        use futures_core::Stream as _;

        if let Some(signals) = &mut self.signals {
            let came = Pin::new(signals).poll_next(&mut Context::from_waker(Waker::noop()));
            self.is_wanted |= came.is_ready();
        }
        self.is_wanted
    }

    /// Here the system ends what was started with the program.
    #[cfg(not(unix))]
    pub(super) fn watch() -> Self {
        Self {}
    }

    #[cfg(not(unix))]
    pub(super) fn is_wanted(&mut self) -> bool {
        false
    }
}
